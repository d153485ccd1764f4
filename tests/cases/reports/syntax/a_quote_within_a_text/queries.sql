-- name: ListBooks :many
SELECT id FROM authors WHERE name = 'O'Brien';

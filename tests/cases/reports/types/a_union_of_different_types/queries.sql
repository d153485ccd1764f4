-- name: ListBooks :many
SELECT id FROM books UNION SELECT name FROM authors;

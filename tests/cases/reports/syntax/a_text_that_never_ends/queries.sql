-- name: ListAuthors :many
SELECT id FROM authors WHERE name = 'Ann;

-- name: FindAuthors :many
SELECT name FROM authors WHERE id IN (@ids);

-- name: FindAuthor :one
SELECT id FROM authors WHERE id = $1 AND name = $3;

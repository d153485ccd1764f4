-- name: ListAuthors :many
SELECT id, nmae FROM authors WHERE bio IS NOT NULL;

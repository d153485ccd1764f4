-- name: ListAuthors :many
SELECT name FROM authors WHERE bio != NULL;

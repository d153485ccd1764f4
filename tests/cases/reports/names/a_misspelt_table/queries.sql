-- name: ListAuthors :many
SELECT id FROM author;

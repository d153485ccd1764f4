-- name ListAuthors :many
SELECT id FROM authors;

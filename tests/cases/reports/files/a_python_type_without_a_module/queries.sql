-- name: ListAuthors :many
SELECT id, bio FROM authors;

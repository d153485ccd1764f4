-- name: ListAuthors :many
SELECT name FROM authors;

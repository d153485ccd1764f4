-- name: ListAuthors :many
SELECT id, name # of the author
FROM authors;

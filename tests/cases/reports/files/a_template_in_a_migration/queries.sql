-- name: ListNames :many
SELECT name FROM authors;

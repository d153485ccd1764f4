-- name: ListBooks :many
SELECT id::date FROM books;

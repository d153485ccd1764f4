-- name: ListBooks :many
SELECT TOP 10 id, title FROM books;

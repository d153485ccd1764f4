-- name: ListBooks :many
SELECT books.title FROM books AS b;

-- name: ListBooks :many
SELECT book.title FROM books b;

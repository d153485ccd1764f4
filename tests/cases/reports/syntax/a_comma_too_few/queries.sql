-- name: ListBooks :many
SELECT id title year FROM books;

-- name: ListBooks :many
SELECT title, order FROM books;

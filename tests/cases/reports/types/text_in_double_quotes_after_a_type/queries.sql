-- name: ListBooks :many
SELECT title FROM books WHERE now() - interval "7 days" > '2020-01-01';

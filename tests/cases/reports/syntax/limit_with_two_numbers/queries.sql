-- name: ListBooks :many
SELECT title FROM books LIMIT 10, 20;

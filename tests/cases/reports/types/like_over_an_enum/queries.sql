-- name: ListBooks :many
SELECT title FROM books WHERE kind LIKE 'no%';

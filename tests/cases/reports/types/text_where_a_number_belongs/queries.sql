-- name: ListBooks :many
SELECT title FROM books WHERE year > 'recent';

-- name: ListBooks :many
SELECT title FROM books WHERE id IN @ids;

-- name: ListBooks :many
SELECT id FROM books WHERE title = "Emma";

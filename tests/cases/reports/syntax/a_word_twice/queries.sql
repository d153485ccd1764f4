-- name: ListBooks :many
SELECT title FROM books ORDER BY BY title;

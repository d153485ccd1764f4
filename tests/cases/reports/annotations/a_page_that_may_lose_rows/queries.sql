-- name: ListBooks :many
-- @page
SELECT id, title, year FROM books ORDER BY title LIMIT 20;

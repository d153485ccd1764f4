-- name: ListBooks :many
-- @page
SELECT id, title FROM books ORDER BY year DESC NULLS LAST, id LIMIT 20;

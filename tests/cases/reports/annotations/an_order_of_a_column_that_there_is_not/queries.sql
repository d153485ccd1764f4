-- name: ListBooks :many
-- @sort newest = year DESC NULLS LAST, id
-- @sort title = titel, id
SELECT id, title FROM books ORDER BY id;

-- name: ListBooks :many
-- @sort title = title, id
SELECT id, title FROM books;

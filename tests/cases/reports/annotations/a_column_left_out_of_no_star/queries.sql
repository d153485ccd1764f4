-- name: ListBooks :many
-- @omit yaer
SELECT * FROM books;

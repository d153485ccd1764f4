-- name: FindBooks :many
-- @optional year
SELECT title FROM books WHERE title = @title OR year = @year;

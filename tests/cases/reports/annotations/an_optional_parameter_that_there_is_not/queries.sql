-- name: FindBooks :many
-- @optional yaer
SELECT title FROM books WHERE year = @year;

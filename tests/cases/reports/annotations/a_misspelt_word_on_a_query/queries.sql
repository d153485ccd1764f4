-- name: FindBooks :many
-- @optoinal year
SELECT title FROM books WHERE year = @year;

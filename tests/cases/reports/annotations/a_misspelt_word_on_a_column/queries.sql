-- name: OldestBook :one
-- @nonull oldest
SELECT min(year) AS oldest FROM books;

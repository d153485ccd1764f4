-- name: BookOfEachYear :many
-- @sort newest = id DESC
SELECT DISTINCT ON (year) id, year, title FROM books ORDER BY year, id;

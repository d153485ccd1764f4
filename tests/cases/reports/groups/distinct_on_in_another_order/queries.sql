-- name: LatestByAuthor :many
SELECT DISTINCT ON (author_id) * FROM books ORDER BY year DESC;

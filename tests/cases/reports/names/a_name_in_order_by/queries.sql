-- name: CountBooks :many
SELECT author_id, count(*) AS books FROM books GROUP BY author_id ORDER BY bokos;

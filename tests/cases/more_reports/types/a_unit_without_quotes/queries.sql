-- name: CountByDay :many
SELECT date_trunc(day, created) AS day, count(*) FROM users GROUP BY 1;

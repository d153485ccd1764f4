-- name: CountRecent :one
SELECT COUNT_IF(day > @since) AS recent FROM visits;

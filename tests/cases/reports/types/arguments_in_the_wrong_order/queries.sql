-- name: ByMonth :many
SELECT date_trunc(published, 'month') FROM issues;

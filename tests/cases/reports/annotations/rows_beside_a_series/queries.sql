-- name: Numbered :many
-- @rows
SELECT t, n FROM ROWS FROM (unnest(@titles::text[]), generate_series(1, 100)) AS u (t, n);

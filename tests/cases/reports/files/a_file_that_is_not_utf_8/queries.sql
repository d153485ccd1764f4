-- name: A :many
SELECT 1; -- café

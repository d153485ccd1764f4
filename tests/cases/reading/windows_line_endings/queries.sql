-- Says so.
-- name: One :one
SELECT 1,
-- in between
  2;

-- name: Third :one
SELECT 3;

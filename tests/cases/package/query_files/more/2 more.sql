-- name: Fourth :one
SELECT 4;

-- name: Describe :one
SELECT pg_typeof(@value);

-- name: ListYears :many
SELECT id, to_char(created, YYYY) AS year FROM users;

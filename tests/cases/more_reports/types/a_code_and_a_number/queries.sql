-- name: FindUsers :many
SELECT id FROM users WHERE code = 18;

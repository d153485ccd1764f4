-- name: FindUsers :many
SELECT id FROM users WHERE code IN (10, 20);

-- name: FindUsers :many
SELECT id FROM users WHERE code BETWEEN 10 AND 20;

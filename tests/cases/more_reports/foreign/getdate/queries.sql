-- name: ListUsers :many
SELECT id FROM users WHERE created < GETDATE();

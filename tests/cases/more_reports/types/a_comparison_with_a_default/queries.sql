-- name: FindUsers :many
SELECT id FROM users WHERE tags = coalesce(@tags, '{}');

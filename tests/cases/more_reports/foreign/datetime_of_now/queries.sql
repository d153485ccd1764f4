-- name: ListRecent :many
SELECT id FROM users WHERE created > datetime('now', '-7 days');

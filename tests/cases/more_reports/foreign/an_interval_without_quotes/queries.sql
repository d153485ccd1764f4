-- name: ListRecent :many
SELECT id FROM users WHERE created > now() - INTERVAL 7 DAY;

-- name: ListActive :many
SELECT id FROM users WHERE settings->>'active' = true;

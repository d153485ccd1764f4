-- name: ListSeen :many
SELECT id FROM users WHERE settings->>'seen' < now();

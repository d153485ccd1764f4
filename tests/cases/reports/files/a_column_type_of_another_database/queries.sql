-- name: ListEvents :many
SELECT id FROM events;

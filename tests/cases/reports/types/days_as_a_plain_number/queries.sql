-- name: ListEvents :many
SELECT id FROM events WHERE created > now() - 7;

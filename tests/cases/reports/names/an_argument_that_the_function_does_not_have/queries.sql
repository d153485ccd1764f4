-- name: ListRecent :many
SELECT id FROM events WHERE at > now() - make_interval(day => @days);

-- name: ListAges :many
SELECT id, settings->>'age' + 1 AS next FROM users;

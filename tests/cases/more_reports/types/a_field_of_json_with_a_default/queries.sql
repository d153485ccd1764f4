-- name: ListAges :many
SELECT id, coalesce(settings->>'age', 0) AS age FROM users;

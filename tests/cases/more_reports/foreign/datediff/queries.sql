-- name: ListAges :many
SELECT id, DATEDIFF(now(), created) AS days FROM users;

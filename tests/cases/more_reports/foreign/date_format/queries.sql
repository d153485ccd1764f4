-- name: ListMonths :many
SELECT id, DATE_FORMAT(created, '%Y-%m') AS month FROM users;

-- name: ListDue :many
SELECT id, DATEADD(day, 7, created) AS due FROM users;

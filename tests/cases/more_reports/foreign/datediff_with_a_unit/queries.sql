-- name: ListAges :many
SELECT id, DATEDIFF(day, day, at) AS days FROM visits;

-- name: Ago :one
SELECT now() - interval '@days days' AS since;

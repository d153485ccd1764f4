-- name: Nothing :one
;
-- name: Something :one
SELECT 1;
-- name: AtTheEnd :one

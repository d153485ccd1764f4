-- name: Get :one
SELECT 1;
-- name: Get :many
SELECT 2;
-- name: get :one
SELECT 3;

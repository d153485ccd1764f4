-- name: ListOrders :many
SELECT id, state FROM orders;

-- name: CancelOrder :exec
UPDATE orders SET state = 'cancelled' WHERE id = @id;

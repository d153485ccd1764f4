-- name: GetOrder :one
SELECT * FROM orders WHERE id = @id;

-- name: AddOrder :exec
-- What is stored can be nothing else.
INSERT INTO orders (id, status, priority, size, channel) VALUES (@id, @status, @priority, @size, @channel);

-- name: OrdersOfStatus :many
-- What is compared can be any text.
SELECT id, priority, upper(status) AS loud FROM orders WHERE status = @status;

-- name: OpenOrders :many
SELECT * FROM open_orders;

-- name: CopyOrders :copyfrom
INSERT INTO orders (id, status, priority) VALUES (@id, @status, @priority);

-- name: OrdersBySize :many
SELECT size, ARRAY(SELECT ROW(o.id, o.status) FROM orders o WHERE o.size = s.size) AS orders
FROM (SELECT DISTINCT size FROM orders) s;

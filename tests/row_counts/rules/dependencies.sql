-- name: LatestOfOne :one
-- rule: an item of FROM depends on the entries that it refers to (7.2.1.5)
-- rows: at-most-one
SELECT c.id, o.id AS order_id FROM customers c
CROSS JOIN LATERAL (SELECT o.id FROM orders o WHERE o.customer_id = c.id ORDER BY o.id DESC LIMIT 1) o
WHERE c.id = 1;

-- name: LatestOfMany :many
-- rule: an item of FROM depends on the entries that it refers to (7.2.1.5)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', NULL, 1), (2, 'b', NULL, 2); INSERT INTO orders VALUES (1, 1), (2, 2)
SELECT c.id, o.id AS order_id FROM customers c
CROSS JOIN LATERAL (SELECT o.id FROM orders o WHERE o.customer_id = c.id ORDER BY o.id DESC LIMIT 1) o
WHERE c.last_order = o.id;

-- name: SettledFunction :one
-- rule: a function in FROM depends on its arguments (7.2.1.4)
-- rows: at-most-one
SELECT c.id FROM abs(-1) k, customers c WHERE c.id = k;

-- name: UnsettledFunction :many
-- rule: a function in FROM depends on its arguments (7.2.1.4)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'), (2, 'b')
SELECT c.id FROM customers c, abs(c.id) k WHERE c.id = k;

-- name: KeptByOneRow :one
-- rule: exactly one row is left of an outer join along a key (7.2.1.1)
-- rows: exactly-one
SELECT k.top, c.name FROM (SELECT max(id) AS top FROM orders) k LEFT JOIN customers c ON c.id = k.top;

-- name: MultipliedByOneRow :many
-- rule: exactly one row is left of an outer join along a key (7.2.1.1)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', NULL, 1, 7), (2, 'b', NULL, 2, 7); INSERT INTO orders VALUES (7, 1)
SELECT k.top FROM (SELECT max(id) AS top FROM orders) k
LEFT JOIN (customers c CROSS JOIN LATERAL (SELECT c.friend AS f) f) ON f.f = k.top;

-- name: UpdatedByOne :one
-- rule: a target is written once for each row that it has (UPDATE)
-- rows: at-most-one
UPDATE customers c SET friend = 1 FROM (SELECT max(id) AS top FROM orders) o WHERE c.id = o.top RETURNING c.id;

-- name: UpdatedByMany :many
-- rule: a target is written once for each row that it has (UPDATE)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'), (2, 'b')
UPDATE customers c SET friend = 1 FROM customers f, LATERAL (SELECT f.id AS top) o WHERE c.id = o.top RETURNING c.id;

-- name: InOneRow :one
-- rule: IN over a query of at most one row fixes a value (9.24.2)
-- rows: at-most-one
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE id = 1);

-- name: InManyRows :many
-- rule: IN over a query of at most one row fixes a value (9.24.2)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'), (2, 'b'); INSERT INTO orders VALUES (1, 1, 1), (2, 2, 1)
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE number = 1);

-- name: ScalarOfSettled :one
-- rule: a scalar subquery depends on the rows around it that it refers to (4.2.11)
-- rows: at-most-one
SELECT c.id FROM customers c, notes n WHERE n.id = 1 AND c.id = (SELECT min(o.customer_id) FROM orders o WHERE o.id = n.order_id);

-- name: ScalarOfItsOwnRow :many
-- rule: a scalar subquery depends on the rows around it that it refers to (4.2.11)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'), (2, 'b'); INSERT INTO orders VALUES (1, 1), (2, 2)
SELECT c.id FROM customers c WHERE c.id = (SELECT min(o.customer_id) FROM orders o WHERE o.customer_id = c.id);

-- name: StrictOnNullableSide :one
-- rule: what an outer join may leave out settles only what a strict comparison needs (7.2.1.1)
-- rows: at-most-one
SELECT c.id FROM customers c LEFT JOIN orders o ON o.id = 1 AND o.rank = c.friend WHERE c.id = o.number;

-- name: CoalesceOnNullableSide :many
-- rule: what an outer join may leave out settles only what a strict comparison needs (7.2.1.1)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', NULL, NULL, 5), (2, 'b', NULL, NULL, NULL); INSERT INTO orders VALUES (1, 1, 1, 5)
SELECT c.id FROM customers c LEFT JOIN orders o ON o.id = 1 AND o.rank = c.friend WHERE c.id = coalesce(o.number, 2);

-- name: NotDistinctOnNullableSide :many
-- rule: what an outer join may leave out settles only what a strict comparison needs (7.2.1.1)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', 'n', NULL, 5), (2, 'b', NULL, NULL, NULL); INSERT INTO orders VALUES (1, 1, 1, 5); INSERT INTO notes VALUES (1, 1, 'n')
SELECT c.id FROM customers c LEFT JOIN (orders o JOIN notes n ON n.order_id = o.id AND n.id = 1) ON o.id = 1 AND o.rank = c.friend
WHERE c.nick IS NOT DISTINCT FROM n.line;

-- name: CoalesceOfSettledMatch :one
-- rule: an outer join of one row finds the same match each time (7.2.1.1)
-- rows: at-most-one
SELECT c.id FROM (SELECT 3 AS k) s LEFT JOIN orders o ON o.id = s.k JOIN customers c ON c.id = coalesce(o.number, 2);

-- name: CoalesceOfTwoMatches :many
-- rule: an outer join of one row finds the same match each time (7.2.1.1)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'), (2, 'b'); INSERT INTO orders VALUES (3, 1, 1)
SELECT c.id FROM (SELECT 3 AS k UNION SELECT 4) s LEFT JOIN orders o ON o.id = 3 AND o.id = s.k JOIN customers c ON c.id = coalesce(o.number, 2);

-- name: RejectedNulls :one
-- rule: a condition that no NULL passes makes an outer join an inner one (7.2.1.1)
-- rows: at-most-one
SELECT o.number FROM customers c LEFT JOIN orders o ON o.id = 1 AND o.rank = c.friend WHERE o.id = 1 GROUP BY o.number;

-- name: KeptNulls :many
-- rule: a condition that no NULL passes makes an outer join an inner one (7.2.1.1)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', NULL, NULL, 5), (2, 'b', NULL, NULL, NULL); INSERT INTO orders VALUES (1, 1, 1, 5)
SELECT o.number FROM customers c LEFT JOIN orders o ON o.id = 1 AND o.rank = c.friend WHERE coalesce(o.id, 1) = 1 GROUP BY o.number;

-- name: FullJoin :many
-- rule: a condition that no NULL passes makes an outer join an inner one (7.2.1.1)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', NULL, 1); INSERT INTO orders VALUES (9, 1)
SELECT c.id, o.id AS order_id FROM customers c FULL JOIN orders o ON o.id = c.last_order WHERE c.id = 1 OR o.id = 9;

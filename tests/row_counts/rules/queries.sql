-- name: KeyThroughAJoin :one
-- rule: a row of one table fixes the rows that it refers to (7.2.1.1)
-- rows: at-most-one
SELECT * FROM order_details WHERE id = $1;

-- name: KeyOfTheOtherSide :many
-- rule: a row of one table fixes the rows that it refers to (7.2.1.1)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'); INSERT INTO orders VALUES (1, 1, 1), (2, 1, 2)
-- arguments: 1
SELECT * FROM order_details WHERE customer_id = $1;

-- name: GroupByItsKey :one
-- rule: a condition on a grouping key leaves one group (7.2.3)
-- rows: at-most-one
SELECT orders FROM counts WHERE customer_id = $1;

-- name: GroupByItsValue :many
-- rule: a condition on a grouping key leaves one group (7.2.3)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'), (2, 'b'); INSERT INTO orders VALUES (1, 1), (2, 2)
SELECT customer_id FROM counts WHERE orders = 1;

-- name: FixedUnion :one
-- rule: the rows of UNION differ (7.4)
-- rows: at-most-one
SELECT id FROM (SELECT id FROM orders UNION SELECT id FROM notes) s WHERE id = $1;

-- name: FixedUnionAll :many
-- rule: the rows of UNION differ (7.4)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'); INSERT INTO orders VALUES (1, 1); INSERT INTO notes VALUES (1, 1)
-- arguments: 1
SELECT id FROM (SELECT id FROM orders UNION ALL SELECT id FROM notes) s WHERE id = $1;

-- name: RowNumberOfAKey :one
-- rule: rows that come out are made of rows that come in, except by set-returning functions (7.2.1.4)
-- rows: at-most-one
SELECT n FROM (SELECT id, row_number() OVER (ORDER BY rank) AS n FROM orders) s WHERE id = $1;

-- name: SeriesOfAKey :many
-- rule: rows that come out are made of rows that come in, except by set-returning functions (7.2.1.4)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'); INSERT INTO orders VALUES (1, 1)
-- arguments: 1
SELECT n FROM (SELECT id, generate_series(1, 2) AS n FROM orders) s WHERE id = $1;

-- name: WrittenOrThere :one
-- rule: a query that waits for a CTE to be empty adds no row to one that reads it (7.4, 7.8.2)
-- rows: at-most-one
WITH written AS (UPDATE customers SET friend = 1 WHERE id = 1 AND nick = 'n' RETURNING *)
SELECT id, friend FROM written UNION ALL SELECT id, friend FROM customers WHERE id = 1 AND NOT EXISTS (SELECT FROM written);

-- name: WrittenOrNotOfItsId :one
-- rule: a query that waits for a CTE to be empty adds no row to one that reads it (7.4, 7.8.2)
-- rows: at-most-one
WITH written AS (UPDATE customers SET friend = 1 WHERE id = $1 AND nick = 'n' RETURNING *)
SELECT id, friend FROM written UNION SELECT id, friend FROM customers WHERE id = $1 AND id NOT IN (SELECT id FROM written);

-- name: WrittenOrSomeOther :many
-- rule: a query that waits for a CTE to be empty adds no row to one that reads it (7.4, 7.8.2)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', 'n'), (2, 'b', 'm')
WITH written AS (UPDATE customers SET friend = 1 WHERE id = 1 AND nick = 'n' RETURNING *)
SELECT id, friend FROM written UNION ALL SELECT id, friend FROM customers WHERE id = 2 AND id NOT IN (SELECT id FROM written);

-- name: WrittenAnew :many
-- rule: a query that waits for a CTE to be empty adds no row to one that reads it (7.4, 7.8.2)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', 'n')
WITH written AS (UPDATE customers SET id = 5, friend = 1 WHERE id = 1 AND nick = 'n' RETURNING *)
SELECT id, friend FROM written UNION ALL SELECT id, friend FROM customers WHERE id = 1 AND id NOT IN (SELECT id FROM written);

-- name: FirstOfCustomer :one
-- rule: row_number() numbers the rows of a partition one by one (9.22)
-- rows: at-most-one
SELECT id FROM (SELECT o.*, row_number() OVER (PARTITION BY customer_id ORDER BY rank) AS at FROM orders o) s
WHERE at = 1 AND customer_id = $1;

-- name: FirstOfAll :one
-- rule: row_number() numbers the rows of a partition one by one (9.22)
-- rows: at-most-one
WITH numbered AS (SELECT id, rank, row_number() OVER (ORDER BY rank DESC) AS at FROM orders)
SELECT id FROM numbered WHERE at = $1 AND rank > 0;

-- name: FirstOfThatCustomer :one
-- rule: row_number() numbers the rows of a partition one by one (9.22)
-- rows: at-most-one
SELECT c.id, s.id AS first FROM customers c
LEFT JOIN (SELECT id, customer_id, row_number() OVER (PARTITION BY customer_id ORDER BY rank) AS at FROM orders) s
ON s.customer_id = c.id AND s.at = 1 WHERE c.id = $1;

-- name: FirstOfEach :many
-- rule: row_number() numbers the rows of a partition one by one (9.22)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'), (2, 'b'); INSERT INTO orders VALUES (1, 1), (2, 2)
SELECT id FROM (SELECT o.*, row_number() OVER (PARTITION BY customer_id ORDER BY rank) AS at FROM orders o) s WHERE at = 1;

-- name: FirstOfCustomerAndNumber :many
-- rule: row_number() numbers the rows of a partition one by one (9.22)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'); INSERT INTO orders VALUES (1, 1, 1), (2, 1, 2)
SELECT id FROM (SELECT o.*, row_number() OVER (PARTITION BY customer_id, number) AS at FROM orders o) s
WHERE at = 1 AND customer_id = $1;

-- name: EqualFirst :many
-- rule: row_number() numbers the rows of a partition one by one (9.22)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'); INSERT INTO orders VALUES (1, 1, 1, 1), (2, 1, 2, 1)
SELECT id FROM (SELECT o.*, rank() OVER (PARTITION BY customer_id ORDER BY rank) AS at FROM orders o) s
WHERE at = 1 AND customer_id = $1;

-- name: FirstRepeated :many
-- rule: row_number() numbers the rows of a partition one by one (9.22)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'); INSERT INTO orders VALUES (1, 1)
SELECT id FROM (SELECT id, row_number() OVER (ORDER BY rank) AS at, generate_series(1, 2) AS copy FROM orders) s WHERE at = 1;

-- name: FirstOfMail :many
-- rule: row_number() numbers the rows of a partition one by one (9.22)
-- rows: many
-- given: INSERT INTO exact_mails VALUES (1, 'a'), (2, 'A')
SELECT id FROM (SELECT id, mail, row_number() OVER (PARTITION BY mail COLLATE "C" ORDER BY id) AS at FROM exact_mails) s
WHERE at = 1 AND mail = 'a';

-- name: SomeFirst :many
-- rule: row_number() numbers the rows of a partition one by one (9.22)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'); INSERT INTO orders VALUES (1, 1, 1, 1), (2, 1, 2, 2)
SELECT id FROM (SELECT id, rank, row_number() OVER (ORDER BY rank) AS at FROM orders) s WHERE at = rank;

-- name: FoundOrNew :one
-- rule: a query that waits for a CTE to be empty adds no row to one that reads it (7.4, 7.8.2)
-- rows: at-most-one
WITH found AS (SELECT id FROM customers WHERE name = $1 LIMIT 1),
added AS (INSERT INTO customers (id, name) SELECT 7, $1 WHERE NOT EXISTS (SELECT FROM found) RETURNING id)
SELECT id FROM found UNION ALL SELECT id FROM added;

-- name: FoundOrNewOfAnother :many
-- rule: a query that waits for a CTE to be empty adds no row to one that reads it (7.4, 7.8.2)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a')
WITH found AS (SELECT id FROM customers WHERE name = 'a' LIMIT 1), other AS (SELECT id FROM customers WHERE id = 2),
added AS (INSERT INTO customers (id, name) SELECT 7, 'b' WHERE NOT EXISTS (SELECT FROM other) RETURNING id)
SELECT id FROM found UNION ALL SELECT id FROM added;

-- name: FoundOrCounted :many
-- rule: a query that waits for a CTE to be empty adds no row to one that reads it (7.4, 7.8.2)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a')
WITH found AS (SELECT id FROM customers WHERE name = 'a' LIMIT 1)
SELECT id FROM found UNION ALL SELECT n FROM (SELECT count(*) AS n FROM customers WHERE NOT EXISTS (SELECT FROM found)) c;

-- name: FirstAtMost :one
-- rule: row_number() numbers the rows of a partition one by one (9.22)
-- rows: at-most-one
SELECT id FROM (SELECT o.*, row_number() OVER (PARTITION BY customer_id ORDER BY rank) AS at FROM orders o) s
WHERE at <= 1 AND customer_id = $1;

-- name: FirstBelow :one
-- rule: row_number() numbers the rows of a partition one by one (9.22)
-- rows: at-most-one
SELECT id FROM (SELECT id, row_number() OVER (ORDER BY rank) AS at FROM orders) s WHERE 2 > at;

-- name: FirstTwo :many
-- rule: row_number() numbers the rows of a partition one by one (9.22)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'); INSERT INTO orders VALUES (1, 1, 1, 1), (2, 1, 2, 2)
SELECT id FROM (SELECT id, row_number() OVER (ORDER BY rank) AS at FROM orders) s WHERE at <= 2;

-- name: AllFromFirst :many
-- rule: row_number() numbers the rows of a partition one by one (9.22)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'); INSERT INTO orders VALUES (1, 1, 1, 1), (2, 1, 2, 2)
SELECT id FROM (SELECT id, row_number() OVER (ORDER BY rank) AS at FROM orders) s WHERE 1 <= at;

-- name: FirstRanked :many
-- rule: row_number() numbers the rows of a partition one by one (9.22)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'); INSERT INTO orders VALUES (1, 1, 1, 1), (2, 1, 2, 1)
SELECT id FROM (SELECT id, dense_rank() OVER (ORDER BY rank) AS at FROM orders) s WHERE at < 2;

-- name: HavingItsKey :one
-- rule: a condition on a grouping key leaves one group (7.2.3)
-- rows: at-most-one
SELECT customer_id, count(*) AS orders FROM orders GROUP BY customer_id HAVING customer_id = $1 AND count(*) > 0;

-- name: HavingOneOfItsKeys :many
-- rule: a condition on a grouping key leaves one group (7.2.3)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'); INSERT INTO orders VALUES (1, 1, 1), (2, 1, 2)
-- arguments: 1
SELECT customer_id, number FROM orders GROUP BY customer_id, number HAVING customer_id = $1;

-- name: HavingItsHighest :many
-- rule: a condition on a grouping key leaves one group (7.2.3)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'), (2, 'b'); INSERT INTO orders VALUES (1, 1, 5), (2, 2, 5)
SELECT customer_id FROM orders GROUP BY customer_id HAVING max(number) = 5;

-- name: HavingItsKeyTwice :many
-- rule: a condition on a grouping key leaves one group (7.2.3)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'); INSERT INTO orders VALUES (1, 1, 1)
-- arguments: 1
SELECT customer_id FROM orders GROUP BY customer_id, ROLLUP (customer_id) HAVING customer_id = $1;

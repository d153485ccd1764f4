-- name: CountedAlone :one
-- rule: an aggregate without GROUP BY gives one row (4.2.7)
-- rows: exactly-one
SELECT count(*) FROM customers;

-- name: CountedInGroups :many
-- rule: an aggregate without GROUP BY gives one row (4.2.7)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', 'x'), (2, 'b', 'y')
SELECT count(*) FROM customers GROUP BY nick;

-- name: OnlyValues :one
-- rule: a query of nothing but values gives one row (7.2.1)
-- rows: exactly-one
SELECT 1 AS one;

-- name: ValuesWithASet :many
-- rule: a query of nothing but values gives one row (7.2.1)
-- rows: many
-- given: SELECT 1
SELECT generate_series(1, 2) AS one;

-- name: FirstOnly :one
-- rule: LIMIT 1 leaves one row (7.6)
-- rows: at-most-one
SELECT name FROM customers ORDER BY last_order LIMIT 1;

-- name: FirstWithTies :many
-- rule: LIMIT 1 leaves one row (7.6)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', 'x', 5), (2, 'b', 'y', 5)
SELECT name FROM customers ORDER BY last_order FETCH FIRST ROW WITH TIES;

-- name: InsertedAlone :one
-- rule: an INSERT of one row returns it (6.4)
-- rows: exactly-one
INSERT INTO customers (id, name) VALUES (7, 'g') RETURNING id;

-- name: InsertedSeveral :many
-- rule: an INSERT of one row returns it (6.4)
-- rows: many
-- given: SELECT 1
INSERT INTO customers (id, name) VALUES (7, 'g'), (8, 'h') RETURNING id;

-- name: InsertedUnlessThere :one
-- rule: an INSERT that may skip its row returns one at most (INSERT)
-- rows: at-most-one
INSERT INTO customers (id, name) VALUES (7, 'g') ON CONFLICT DO NOTHING RETURNING id;

-- name: InsertedFromSeveral :many
-- rule: an INSERT that may skip its row returns one at most (INSERT)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', 'x'), (2, 'b', 'y')
INSERT INTO customers (id, name) SELECT id + 10, name || '!' FROM customers ON CONFLICT DO NOTHING RETURNING id;

-- name: GroupOfOneKey :one
-- rule: rows that agree in their keys are one group (7.2.3)
-- rows: at-most-one
SELECT nick, count(*) FROM customers WHERE nick = 'x' GROUP BY nick;

-- name: GroupOfSeveralKeys :many
-- rule: rows that agree in their keys are one group (7.2.3)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', 'x', 1), (2, 'b', NULL, 2)
SELECT nick, count(*) FROM customers WHERE nick = 'x' OR nick IS NULL GROUP BY nick;

-- name: OfOneKey :one
-- rule: a unique key that is fixed has one row (5.5.3)
-- rows: at-most-one
SELECT id FROM customers WHERE name = 'a';

-- name: OfABound :many
-- rule: a unique key that is fixed has one row (5.5.3)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', 'x'), (2, 'b', 'y')
SELECT id FROM customers WHERE name >= 'a';

-- name: MergedFromOne :one
-- rule: a MERGE that always acts returns a row for each of its source (MERGE)
-- rows: exactly-one
-- tables: CREATE TABLE notes (id integer PRIMARY KEY, order_id integer, line text)
MERGE INTO notes n USING (SELECT 5 AS id) s ON n.id = s.id
WHEN MATCHED THEN UPDATE SET line = 'a'
WHEN NOT MATCHED THEN INSERT (id, line) VALUES (s.id, 'b')
RETURNING n.id;

-- name: MergedFromSeveral :many
-- rule: a MERGE that always acts returns a row for each of its source (MERGE)
-- rows: many
-- tables: CREATE TABLE notes (id integer PRIMARY KEY, order_id integer, line text)
-- given: SELECT 1
MERGE INTO notes n USING (VALUES (5), (6)) AS s (id) ON n.id = s.id
WHEN MATCHED THEN UPDATE SET line = 'a'
WHEN NOT MATCHED THEN INSERT (id, line) VALUES (s.id, 'b')
RETURNING n.id;

-- name: ViewOfOneRow :one
-- rule: an aggregate without GROUP BY gives one row (4.2.7)
-- rows: exactly-one
SELECT t.orders, o.id FROM totals t LEFT JOIN orders o ON o.id = t.last;

-- name: ViewOfOneRowKept :one
-- rule: an aggregate without GROUP BY gives one row (4.2.7)
-- rows: at-most-one
-- given: SELECT 1
SELECT orders FROM totals WHERE last > 0;

-- name: ViewOfOneRowPerhaps :one
-- rule: an aggregate without GROUP BY gives one row (4.2.7)
-- rows: at-most-one
-- given: SELECT 1
SELECT orders FROM busy;

-- name: LimitOfCutNumber :many
-- rule: LIMIT 1 leaves one row (7.6)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a'), (2, 'b')
SELECT name FROM customers LIMIT 1::text::"char"::int;

-- name: LimitOfRoundedNumber :one
-- rule: an aggregate without GROUP BY gives one row (4.2.7)
-- rows: at-most-one
-- given: INSERT INTO customers VALUES (1, 'a')
SELECT count(*) FROM customers LIMIT 1::numeric(3, -1);

-- name: StoredTotal :one
-- rule: an aggregate without GROUP BY gives one row (4.2.7)
-- rows: exactly-one
SELECT orders, highest FROM order_total;

-- name: StoredTotalBeside :one
-- rule: an aggregate without GROUP BY gives one row (4.2.7)
-- rows: at-most-one
SELECT o.id, t.orders FROM orders o, order_total t WHERE o.id = $1;

-- name: StoredOfAView :many
-- rule: an aggregate without GROUP BY gives one row (4.2.7)
-- rows: many
-- given: SELECT 1
SELECT n FROM told_once;

-- name: StoredTotalOfSome :many
-- rule: an aggregate without GROUP BY gives one row (4.2.7)
-- rows: many
-- given: SELECT 1
SELECT orders FROM no_total;

-- name: StoredTotalSampled :many
-- rule: an aggregate without GROUP BY gives one row (4.2.7)
-- rows: at-most-one
-- given: SELECT 1
SELECT orders FROM order_total TABLESAMPLE system (0);

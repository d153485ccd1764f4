-- What PostgreSQL refuses, by the rule, and what it takes that looks alike.
--
--     -- refused: code sqlstate (the section of the manual)
--     -- taken: code
--
-- A statement under `refused` is an error of that code; the one under `taken`, a near miss, is none.

-- refused: unknown-column 42703 (4.2.1)
SELECT nope FROM people;
-- taken: unknown-column
SELECT nick FROM people;
-- refused: ambiguous-column 42702 (4.2.1)
SELECT id FROM people, pets;
-- taken: ambiguous-column
SELECT id FROM people JOIN pets USING (id);
-- refused: unknown-alias 42P01 (7.2.1.2)
SELECT other.id FROM people p;
-- taken: unknown-alias
SELECT p.id FROM people p;
-- refused: duplicate-alias 42712 (7.2.1.2)
SELECT 1 FROM people, people;
-- taken: duplicate-alias
SELECT 1 FROM people, people other;
-- refused: unknown-relation 42P01 (5.10)
SELECT 1 FROM nowhere;
-- taken: unknown-relation
SELECT 1 FROM public.people;
-- refused: unknown-schema 3F000 (5.10)
SELECT nowhere.lower('a');
-- taken: unknown-schema
SELECT pg_catalog.lower('a');
-- refused: unknown-function 42883 (10.3)
SELECT lower(1);
-- taken: unknown-function
SELECT lower('1');
-- refused: ambiguous-function 42725 (10.3)
SELECT two_ways('a');
-- taken: ambiguous-function
SELECT two_ways('2024-01-01'::date);
-- refused: unknown-operator 42883 (10.2)
SELECT 1 + true;
-- taken: unknown-operator
SELECT 1 + '2';
-- refused: ambiguous-operator 42725 (10.2)
SELECT '1' + '2';
-- taken: ambiguous-operator
SELECT '1' || '2';
-- refused: unknown-type 42704 (8)
SELECT 1::nothing;
-- taken: unknown-type
SELECT 1::bigint;
-- refused: unknown-window 42704 (4.2.8)
SELECT count(*) OVER w FROM people;
-- taken: unknown-window
SELECT count(*) OVER w FROM people WINDOW w AS ();
-- refused: invalid-reference 42P01 (7.2.1.5)
SELECT 1 FROM people p, (SELECT p.id) s;
-- taken: invalid-reference
SELECT 1 FROM people p, LATERAL (SELECT p.id) s;
-- refused: duplicate-assignment 42601 (UPDATE)
UPDATE people SET nick = 'a', nick = 'b';
-- taken: duplicate-assignment
UPDATE people SET nick = 'a', name = 'b';
-- refused: assignment-type-mismatch 42804 (10.4)
UPDATE people SET age = 'a'::text;
-- taken: assignment-type-mismatch
UPDATE people SET age = 1.5;
-- refused: cannot-cast 42846 (4.2.9)
SELECT 1::date;
-- taken: cannot-cast
SELECT '1'::text::date;
-- refused: invalid-literal 22P02 (4.1.2.7)
SELECT 'a'::integer;
-- taken: invalid-literal
SELECT ' 1 '::integer;
-- refused: type-mismatch 42804 (10.5)
SELECT CASE WHEN true THEN 1 ELSE 'a'::text END;
-- taken: type-mismatch
SELECT CASE WHEN true THEN 1 ELSE '2' END;
-- refused: indeterminate-type 42P18 (10.3)
SELECT $1 IS NULL;
-- taken: indeterminate-type
SELECT $1::text IS NULL;
-- refused: parameter-type-conflict 42P08 (PREPARE)
SELECT ($1, $1) = (1, 'a'::text);
-- taken: parameter-type-conflict
SELECT ($1, $1) = (1, 2);
-- refused: collation-mismatch 42P21 (23.2.1)
SELECT name COLLATE "C" < nick COLLATE "POSIX" FROM people;
-- taken: collation-mismatch
SELECT name COLLATE "C" < nick FROM people;
-- refused: no-ordering-operator 42883 (7.5)
SELECT 1 FROM shapes ORDER BY at;
-- taken: no-ordering-operator
SELECT 1 FROM shapes ORDER BY at[0];
-- refused: no-equality-operator 42883 (7.2.3)
SELECT at FROM shapes GROUP BY at;
-- taken: no-equality-operator
SELECT at::text FROM shapes GROUP BY at::text;
-- refused: distinct-on-order 42P10 (7.3.3)
SELECT DISTINCT ON (name) name FROM people ORDER BY age;
-- taken: distinct-on-order
SELECT DISTINCT ON (name) name FROM people ORDER BY name, age;
-- refused: order-by-not-selected 42P10 (7.3.3)
SELECT DISTINCT name FROM people ORDER BY age;
-- taken: order-by-not-selected
SELECT DISTINCT name, age FROM people ORDER BY age;
-- refused: insert-too-many-values 42601 (INSERT)
INSERT INTO pets (id) VALUES (1, 2);
-- taken: insert-too-many-values
INSERT INTO pets (id, owner_id) VALUES (1, 2);
-- refused: insert-too-few-values 42601 (INSERT)
INSERT INTO pets (id, owner_id) VALUES (1);
-- taken: insert-too-few-values
INSERT INTO pets VALUES (1);
-- refused: invalid-position 42P10 (7.5)
SELECT name FROM people ORDER BY 2;
-- taken: invalid-position
SELECT name FROM people ORDER BY 1;
-- refused: invalid-on-conflict 42601 (INSERT)
INSERT INTO pets VALUES (1) ON CONFLICT DO UPDATE SET owner_id = 1;
-- taken: invalid-on-conflict
INSERT INTO pets VALUES (1) ON CONFLICT (id) DO UPDATE SET owner_id = 1;
-- refused: invalid-locking 0A000 (SELECT)
SELECT count(*) FROM people FOR UPDATE;
-- taken: invalid-locking
SELECT id FROM people FOR UPDATE;
-- refused: invalid-recursion 42P19 (7.8.2)
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT count(*)::int FROM r) SELECT n FROM r;
-- taken: invalid-recursion
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT n FROM r;
-- refused: misplaced-aggregate 42803 (4.2.7)
SELECT 1 FROM people WHERE count(*) > 1;
-- taken: misplaced-aggregate
SELECT 1 FROM people HAVING count(*) > 1;
-- refused: misplaced-window-function 42P20 (4.2.8)
SELECT 1 FROM people WHERE rank() OVER () = 1;
-- taken: misplaced-window-function
SELECT 1 FROM people ORDER BY rank() OVER ();
-- refused: misplaced-set-returning 0A000 (36.5.9)
SELECT 1 FROM people WHERE generate_series(1, 2) = 1;
-- taken: misplaced-set-returning
SELECT generate_series(1, 2) = 1 FROM people;
-- refused: misplaced-modifying-cte 0A000 (7.8.4)
SELECT 1 FROM (WITH d AS (DELETE FROM pets RETURNING id) SELECT id FROM d) s;
-- taken: misplaced-modifying-cte
WITH d AS (DELETE FROM pets RETURNING id) SELECT 1 FROM (SELECT id FROM d) s;
-- refused: missing-returning 0A000 (7.8.4)
WITH d AS (DELETE FROM pets) SELECT 1 FROM d;
-- taken: missing-returning
WITH d AS (DELETE FROM pets) SELECT 1;
-- refused: set-operation-width 42601 (7.4)
SELECT 1 UNION SELECT 1, 2;
-- taken: set-operation-width
SELECT 1, 2 UNION SELECT 1, 2;
-- refused: subquery-columns 42601 (4.2.11)
SELECT (SELECT 1, 2);
-- taken: subquery-columns
SELECT (SELECT ROW(1, 2)) IS NULL;
-- refused: row-length-mismatch 42601 (9.25.5)
SELECT ROW(1, 2) = ROW(1, 2, 3);
-- taken: row-length-mismatch
SELECT ROW(1, 2) = ROW(1, 2);
-- refused: syntax-error 42601 (SELECT)
SELECT FROM WHERE;
-- taken: syntax-error
SELECT FROM people WHERE true;
-- refused: too-many-column-names 42P10 (7.2.1.2)
SELECT 1 FROM pets AS p (a, b, c, d);
-- taken: too-many-column-names
SELECT 1 FROM pets AS p (a);
-- refused: ungrouped-column 42803 (7.2.3)
SELECT name FROM people GROUP BY age;
-- taken: ungrouped-column
SELECT name FROM people GROUP BY id;
-- refused: unreachable-when 42601 (MERGE)
MERGE INTO pets p USING people o ON p.owner_id = o.id WHEN MATCHED THEN DELETE WHEN MATCHED THEN DO NOTHING;
-- taken: unreachable-when
MERGE INTO pets p USING people o ON p.owner_id = o.id WHEN MATCHED AND o.age > 1 THEN DELETE WHEN MATCHED THEN DO NOTHING;
-- refused: variable-not-allowed 42P10 (SELECT)
SELECT 1 FROM people LIMIT age;
-- taken: variable-not-allowed
SELECT 1 FROM people LIMIT (SELECT max(age) FROM people);
-- refused: generated-column 428C9 (5.4)
UPDATE people SET shout = 'A';
-- taken: generated-column
UPDATE people SET shout = DEFAULT;
-- refused: system-column 0A000 (5.6)
UPDATE people SET ctid = '(0,1)';
-- taken: system-column
SELECT ctid FROM people;
-- refused: view-not-updatable 55000 (CREATE VIEW)
UPDATE counted SET n = 1;
-- taken: view-not-updatable
UPDATE adults SET name = 'a';
-- refused: view-column-not-updatable 0A000 (CREATE VIEW)
UPDATE adults SET next_age = 1;
-- taken: view-column-not-updatable
UPDATE adults SET age = 1;
-- refused: column-definitions-required 42601 (7.2.1.4)
SELECT 1 FROM json_to_record('{}');
-- taken: column-definitions-required
SELECT 1 FROM json_to_record('{}') AS r (a int);
-- refused: column-definitions-not-allowed 42601 (7.2.1.4)
SELECT 1 FROM generate_series(1, 2) AS r (a int);
-- taken: column-definitions-not-allowed
SELECT 1 FROM generate_series(1, 2) AS r (a);
-- refused: unknown-parameter 42P02 (4.1.2.5)
SELECT $0::int;
-- taken: unknown-parameter
SELECT $1::int;
-- refused: cross-database-reference 0A000 (4.2.1)
SELECT 1 FROM elsewhere.public.people;
-- taken: cross-database-reference
SELECT people.id FROM public.people;
-- refused: select-star-without-tables 42601 (7.3.1)
SELECT *;
-- taken: select-star-without-tables
SELECT * FROM people;
-- refused: invalid-window 42P20 (4.2.8)
SELECT count(*) OVER (w PARTITION BY age) FROM people WINDOW w AS (ORDER BY id);
-- taken: invalid-window
SELECT count(*) OVER (w ORDER BY age) FROM people WINDOW w AS (PARTITION BY id);
-- refused: wrong-object-type 42809 (4.2.6)
SELECT sum(age) FILTER (WHERE true), lower(name) FILTER (WHERE true) FROM people GROUP BY name;
-- taken: wrong-object-type
SELECT sum(age) FILTER (WHERE true), lower(name) FROM people GROUP BY name;

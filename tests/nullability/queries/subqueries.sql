-- Subqueries, CTEs, set operations, VALUES.

-- name: ScalarSubqueries :many
-- columns: a NULL (nothing found), b NOT NULL (count), c NULL (no rows), d NOT NULL (no FROM)
SELECT (SELECT title FROM teams WHERE id = k.points) AS a, (SELECT count(*) FROM notes WHERE task_id = k.id) AS b,
       (SELECT max(id) FROM people) AS c, (SELECT k.title || '!') AS d
FROM tasks k;

-- name: ScalarSubqueryOfOne :one
-- columns: a NULL (the one row's value), b NOT NULL (zero rows are one row of zero), c NULL (HAVING may drop it), d NULL (OFFSET skips it)
SELECT (SELECT NULL::int) AS a, (SELECT count(*) FROM notes) AS b,
       (SELECT count(*) FROM notes HAVING count(*) > 3) AS c, (SELECT count(*) FROM notes OFFSET 1) AS d;

-- name: Exists :many
-- columns: exists NOT NULL (always), absent NOT NULL (always)
SELECT EXISTS (SELECT FROM notes WHERE task_id = k.id), NOT EXISTS (SELECT FROM notes) AS absent FROM tasks k;

-- name: InSubquery :many
-- columns: a NOT NULL (neither side is), b NULL (left side), c NULL (the subquery's column)
SELECT id IN (SELECT id FROM people) AS a, points IN (SELECT id FROM people) AS b, id IN (SELECT stars FROM notes) AS c FROM tasks;

-- name: QuantifiedSubquery :many
-- columns: a NOT NULL (neither side is), b NULL (the subquery's column)
SELECT id > ALL (SELECT id FROM people) AS a, id > ALL (SELECT stars FROM notes) AS b FROM tasks;

-- name: RowSubquery :many
-- columns: a NOT NULL (one row of values), b NULL (nothing found)
SELECT (id, 1::bigint) = (SELECT count(*), count(*) FROM notes) AS a,
       (id, title) = (SELECT p.id, p.name FROM people p WHERE p.id = k.points) AS b
FROM tasks k;

-- name: Derived :many
-- columns: id NOT NULL (through the subquery), body NULL (through the subquery), n NOT NULL (count)
SELECT s.id, s.body, s.n FROM (SELECT id, body, length(title) AS n FROM tasks) s;

-- name: CteColumns :many
-- columns: id NOT NULL (through the CTE), title NULL (joined in the CTE)
WITH joined AS (SELECT k.id, t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id)
SELECT id, title FROM joined;

-- name: CteShadowsTable :many
-- columns: name NULL (of the CTE, not of the table)
WITH people AS (SELECT nick AS name FROM people) SELECT name FROM people;

-- name: CteTwice :many
-- columns: a NOT NULL (kept), b NULL (no match)
WITH one AS (SELECT id, points FROM tasks)
SELECT x.id AS a, y.id AS b FROM one x LEFT JOIN one y ON y.points = x.id;

-- name: ChainOfCtes :many
-- columns: id NOT NULL (through both), points NOT NULL (narrowed in the second)
WITH one AS (SELECT id, points FROM tasks), two AS (SELECT id, points FROM one WHERE points > 0) SELECT id, points FROM two;

-- name: RecursiveNumbers :many
-- columns: n NOT NULL (both terms)
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT n FROM t;

-- name: RecursiveBecomesNull :many
-- columns: id NOT NULL (tested by the join), boss_id NULL (of the second term)
WITH RECURSIVE up(id, boss_id, step) AS (
    SELECT id, id, 1 FROM people UNION ALL SELECT p.id, p.boss_id, step + 1 FROM up JOIN people p ON p.id = up.boss_id WHERE step < 4
) SELECT id, boss_id FROM up;

-- name: RecursiveTwoSteps :many
-- columns: a NULL (what is in b comes into a a step later), b NULL (set in the second term)
WITH RECURSIVE t(n, a, b) AS (SELECT 1, 1, 1 UNION ALL SELECT n + 1, b, NULL FROM t WHERE n < 4) SELECT a, b FROM t;

-- name: RecursiveTree :many
-- columns: id NOT NULL (key), path NOT NULL (arrays), parent_id NULL (a root has none)
WITH RECURSIVE tree AS (
    SELECT id, parent_id, ARRAY[id] AS path FROM tasks WHERE parent_id IS NULL
    UNION ALL SELECT k.id, k.parent_id, tree.path || k.id FROM tasks k JOIN tree ON tree.id = k.parent_id
) SELECT id, path, parent_id FROM tree;

-- name: UnionColumns :many
-- columns: a NULL (one side), b NOT NULL (both sides)
SELECT id AS a, title AS b FROM tasks UNION SELECT boss_id, name FROM people;

-- name: UnionAllOfNull :many
-- columns: a NULL (one side)
SELECT id AS a FROM teams UNION ALL SELECT NULL;

-- name: Intersect :many
-- columns: points NOT NULL (one side is enough)
SELECT points FROM tasks INTERSECT SELECT id FROM people;

-- name: IntersectNullable :many
-- columns: points NULL (both sides)
SELECT points FROM tasks INTERSECT SELECT stars FROM notes;

-- name: Except :many
-- columns: id NOT NULL (the left side), points NULL (the left side)
SELECT id, points FROM tasks EXCEPT SELECT boss_id::bigint, id FROM people;

-- name: Values :many
-- columns: column1 NOT NULL (every row), column2 NULL (one row)
VALUES (1, 'a'), (2, NULL);

-- name: ValuesInFrom :many
-- columns: n NOT NULL (every row), word NULL (one row)
SELECT v.n, v.word FROM (VALUES (1, NULL), (2, 'b')) AS v (n, word);

-- name: NestedSetOperations :many
-- columns: a NULL (the last side)
(SELECT id AS a FROM teams INTERSECT SELECT id FROM people) UNION ALL SELECT boss_id FROM people;

-- name: LateralNarrowing :many
-- columns: twice NOT NULL (the outer row passed the condition)
SELECT s.twice FROM tasks k CROSS JOIN LATERAL (SELECT k.points * 2 AS twice) s WHERE k.points > 0;

-- name: DistinctOn :many
-- columns: team_id NULL (none), title NOT NULL (constraint)
SELECT DISTINCT ON (team_id) team_id, title FROM tasks ORDER BY team_id, id;

-- name: JsonArrayOfQuery :one
-- columns: json_array NULL (no rows give NULL)
SELECT JSON_ARRAY(SELECT title FROM tasks);

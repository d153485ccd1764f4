-- How many rows: every claim is tried by running the query.

-- name: ByPrimaryKey :one
-- rows: at-most-one
SELECT title FROM tasks WHERE id = $1;

-- name: ByUnique :one
-- rows: at-most-one
SELECT id FROM teams WHERE title = $1;

-- name: ByUniqueReadAnotherWay :many
-- rows: many
SELECT id FROM teams WHERE title::bpchar = $1;

-- name: ByPartOfKey :many
-- rows: many
SELECT person_id FROM members WHERE team_id = $1;

-- name: ByWholeKey :one
-- rows: at-most-one
SELECT standing FROM members WHERE team_id = $1 AND person_id = $2;

-- name: ByWholeKeyAsRow :one
-- rows: at-most-one
SELECT standing FROM members WHERE (team_id, person_id) = ($1, $2);

-- name: ByKeyAndMore :one
-- rows: at-most-one
SELECT title FROM tasks WHERE id = $1 AND done;

-- name: ByKeyOrMore :many
-- rows: many
SELECT title FROM tasks WHERE id = $1 OR done;

-- name: LimitOne :one
-- rows: at-most-one
SELECT title FROM tasks ORDER BY id LIMIT 1;

-- name: LimitParameter :many
-- rows: many
SELECT title FROM tasks LIMIT $1;

-- name: WithTies :many
-- rows: many
SELECT title FROM tasks ORDER BY points FETCH FIRST 1 ROW WITH TIES;

-- name: CountAll :one
-- rows: exactly-one
SELECT count(*) FROM tasks;

-- name: CountGrouped :many
-- rows: many
SELECT count(*) FROM tasks GROUP BY team_id;

-- name: CountHaving :one
-- rows: at-most-one
SELECT count(*) FROM tasks HAVING count(*) > 2;

-- name: CountLimited :many
-- rows: at-most-one
SELECT count(*) FROM tasks LIMIT 0;

-- name: NoFrom :one
-- rows: exactly-one
SELECT 1, now();

-- name: NoFromWhere :one
-- rows: at-most-one
SELECT 1 WHERE $1::boolean;

-- name: ExistsOne :one
-- rows: exactly-one
SELECT EXISTS (SELECT FROM tasks WHERE id = $1);

-- name: SetReturningMany :many
-- rows: many
SELECT generate_series(1, 3);

-- name: ValuesOne :one
-- rows: exactly-one
VALUES (1, 2);

-- name: JoinByKeys :one
-- rows: at-most-one
SELECT t.title, p.name FROM teams t JOIN people p ON p.id = t.lead_id WHERE t.id = $1;

-- name: LeftJoinByKeys :one
-- rows: at-most-one
SELECT t.title, p.name FROM teams t LEFT JOIN people p ON p.id = t.deputy_id WHERE t.id = $1;

-- name: JoinMany :many
-- rows: many
SELECT t.title, k.title FROM teams t JOIN tasks k ON k.team_id = t.id WHERE t.id = $1;

-- name: FromOneRow :one
-- rows: exactly-one
SELECT a.n, b.m FROM (SELECT count(*) AS n FROM tasks) a, (SELECT max(id) AS m FROM teams) b;

-- name: FromOneRowJoined :one
-- rows: exactly-one
SELECT a.n, p.name FROM (SELECT 1 AS n) a LEFT JOIN people p ON p.id = a.n;

-- name: InsertOne :one
-- rows: exactly-one
INSERT INTO tasks (id, title, price) VALUES ($1, $2, $3) RETURNING id;

-- name: InsertSet :many
-- rows: many
INSERT INTO tasks (id, title, price) VALUES (generate_series(801, 803), 'x', 1) RETURNING id;

-- name: InsertOrNothing :one
-- rows: at-most-one
INSERT INTO tasks (id, title, price) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id;

-- name: InsertOrUpdate :one
-- rows: exactly-one
INSERT INTO tasks (id, title, price) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET title = excluded.title RETURNING id;

-- name: InsertOrUpdateSome :one
-- rows: at-most-one
INSERT INTO tasks (id, title, price) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET title = excluded.title WHERE tasks.done RETURNING id;

-- name: InsertTriggered :one
-- rows: at-most-one
INSERT INTO drafts (id) VALUES ($1) RETURNING id;

-- name: InsertFromKey :one
-- rows: at-most-one
INSERT INTO notes (task_id) SELECT id FROM tasks WHERE id = $1 RETURNING task_id;

-- name: InsertInWith :one
-- rows: exactly-one
WITH made AS (INSERT INTO notes (line) VALUES ($1) RETURNING line) SELECT line FROM made;

-- name: UpdateByKey :one
-- rows: at-most-one
UPDATE tasks SET done = true WHERE id = $1 RETURNING id;

-- name: UpdateFromOthers :one
-- rows: at-most-one
UPDATE tasks k SET done = true FROM notes n WHERE n.task_id = k.id AND k.id = $1 RETURNING k.id;

-- name: UpdateMany :many
-- rows: many
UPDATE tasks SET done = true WHERE team_id = $1 RETURNING id;

-- name: DeleteByKey :one
-- rows: at-most-one
DELETE FROM tasks WHERE id = $1 RETURNING id;

-- name: DeleteNone :exec
-- rows: none
DELETE FROM tasks WHERE id = $1;

-- name: GroupedByFixedKey :one
-- rows: at-most-one
SELECT s.n FROM (SELECT team_id, count(*) AS n FROM tasks GROUP BY team_id) s WHERE s.team_id = $1;

-- name: ViewByKey :one
-- rows: at-most-one
SELECT name FROM active_people WHERE id = $1;

-- name: InheritedKey :many
-- rows: many
SELECT name FROM animals WHERE id = $1;

-- name: ExceptOfOne :one
-- rows: at-most-one
SELECT id FROM tasks WHERE id = $1 EXCEPT SELECT id FROM teams;

-- name: UnionOfOnes :many
-- rows: many
SELECT id FROM tasks WHERE id = $1 UNION SELECT id FROM tasks WHERE id = $2;

-- name: VolatileKey :many
-- rows: many
SELECT id FROM tasks WHERE id = (random() * 3)::bigint;

-- name: ShowSetting :one
-- rows: exactly-one
SHOW server_version;

-- name: ExplainAsJson :one
-- rows: exactly-one
EXPLAIN (FORMAT json) SELECT * FROM tasks;

-- name: ExplainAsText :many
-- rows: many
EXPLAIN SELECT * FROM tasks ORDER BY id;

-- name: CallWithOutput :one
-- rows: exactly-one
CALL add_stars($1, $2);

-- How many rows.

-- name: ByPartialKey :one
-- rows: at-most-one
SELECT id FROM bookings WHERE person_id = $1 AND done_at IS NULL;

-- name: ByPartialKeyUnmet :many
-- rows: many
SELECT id FROM bookings WHERE person_id = $1;

-- name: ByPartialKeyContradicted :many
-- rows: many
SELECT id FROM bookings WHERE person_id = $1 AND done_at IS NOT NULL;

-- name: ByExpressionKey :one
-- rows: at-most-one
SELECT id FROM bookings WHERE lower(mail) = lower($1);

-- name: ByExpressionKeyOther :many
-- rows: many
SELECT id FROM bookings WHERE upper(mail) = upper($1);

-- name: ByNullInKey :one
-- rows: at-most-one
SELECT holder FROM lockers WHERE room IS NULL AND number = $1;

-- name: ByKeyNotDistinct :one
-- rows: at-most-one
SELECT holder FROM lockers WHERE room IS NOT DISTINCT FROM $1 AND number IS NOT DISTINCT FROM $2;

-- name: ByHalfAKey :many
-- rows: many
SELECT holder FROM lockers WHERE room IS NULL;

-- name: OneGroup :one
-- rows: at-most-one
SELECT team_id, count(*) FROM tasks WHERE team_id = $1 GROUP BY team_id;

-- name: OneGroupByKey :one
-- rows: at-most-one
SELECT t.id, t.title, count(k.id) FROM teams t LEFT JOIN tasks k ON k.team_id = t.id WHERE t.id = $1 GROUP BY t.id, t.title;

-- name: GroupsOfOuterJoin :many
-- rows: many
SELECT k.points, count(*) FROM teams t LEFT JOIN tasks k ON k.id = 1 GROUP BY k.points;

-- name: GroupsOfAnother :many
-- rows: many
SELECT points, count(*) FROM tasks WHERE team_id = $1 GROUP BY points;

-- name: OneDistinct :one
-- rows: at-most-one
SELECT DISTINCT team_id FROM tasks WHERE team_id = $1;

-- name: OneDistinctOn :one
-- rows: at-most-one
SELECT DISTINCT ON (team_id) team_id, id FROM tasks WHERE team_id = $1 ORDER BY team_id, id;

-- name: EmptyGroupingSet :one
-- rows: exactly-one
SELECT count(*) FROM tasks GROUP BY ();

-- name: TwoEmptyGroupingSets :many
-- rows: many
SELECT count(*) FROM tasks GROUP BY GROUPING SETS ((), ());

-- name: AllOfOne :one
-- rows: exactly-one
SELECT count(*) FROM tasks LIMIT ALL OFFSET 0;

-- name: FirstWithTies :many
-- rows: many
SELECT id FROM tasks ORDER BY points FETCH FIRST 1 ROW WITH TIES;

-- name: LockedOrNot :one
-- rows: at-most-one
SELECT id FROM tasks WHERE id = $1 FOR UPDATE SKIP LOCKED;

-- name: CountedSample :one
-- rows: exactly-one
SELECT count(*) FROM tasks TABLESAMPLE BERNOULLI (50);

-- name: MergeOne :one
-- rows: exactly-one
MERGE INTO counters c USING (SELECT 1 AS id) s ON c.id = s.id
WHEN MATCHED THEN UPDATE SET value = 1 WHEN NOT MATCHED THEN INSERT (id, value) VALUES (s.id, 2)
RETURNING c.id;

-- name: MergeOneOrNone :one
-- rows: at-most-one
MERGE INTO counters c USING (VALUES (1)) s (id) ON c.id = s.id WHEN MATCHED THEN UPDATE SET value = 1 RETURNING c.id;

-- name: MergeConditional :one
-- rows: at-most-one
MERGE INTO counters c USING (VALUES (1)) s (id) ON c.id = s.id
WHEN MATCHED AND c.value > 0 THEN DELETE WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id) RETURNING c.id;

-- name: MergeSeveralTargets :many
-- rows: many
MERGE INTO counters c USING (VALUES (1)) s (id) ON c.value >= 0 WHEN MATCHED THEN DELETE RETURNING c.id;

-- name: MergeBySource :many
-- rows: many
MERGE INTO counters c USING (VALUES (1)) s (id) ON c.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE RETURNING c.id;

-- name: TriggeredViewJoined :many
-- rows: many
UPDATE wishes SET title = 'x' FROM people p WHERE wishes.id >= 0 AND wishes.id = 1 RETURNING wishes.id;

-- name: TriggeredViewAlone :one
-- rows: at-most-one
UPDATE wishes SET title = 'x' WHERE id = 1 RETURNING id;

-- name: TargetOnceHoweverOften :one
-- rows: at-most-one
UPDATE counters SET value = 1 FROM people p WHERE counters.id = 1 RETURNING counters.id;

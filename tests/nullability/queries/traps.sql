-- Places where a conclusion lies near and is wrong.

-- name: ViewAfterChange :many
-- columns: id NOT NULL (key), entry NULL (no longer NOT NULL), memo NOT NULL (NOT NULL since)
SELECT id, entry, memo FROM ledger_lines;

-- name: AfterDroppedColumn :many
-- columns: id NOT NULL (key), entry NULL (no longer NOT NULL), memo NOT NULL (constraint), total NULL (none)
SELECT * FROM ledger;

-- name: UpdateAfterDroppedColumn :many
-- columns: memo NOT NULL (constraint), entry NULL (changed), total NOT NULL (tested)
UPDATE ledger SET entry = NULL WHERE entry IS NOT NULL AND total IS NOT NULL RETURNING memo, entry, total;

-- name: InsertUnderRule :many
-- columns: id NULL (the rule returns what it likes), line NULL (the rule returns what it likes)
INSERT INTO ruled (id, line) VALUES (1, 'x') RETURNING id, line;

-- name: InsertInsteadOf :many
-- columns: title NULL (the trigger returns what it likes)
INSERT INTO wishes (id, title) VALUES (77, 'x') RETURNING title;

-- name: UpdateInsteadOf :many
-- columns: title NULL (the trigger returns what it likes)
UPDATE wishes SET id = 78 WHERE title IS NOT NULL RETURNING title;

-- name: InsertIntoPartition :many
-- columns: sensor NOT NULL (constraint), value NULL (a trigger on the partition)
INSERT INTO readings (sensor, taken_at, value) VALUES (99, '2020-01-01', 1.5) RETURNING sensor, value;

-- name: UpdatePartitions :many
-- columns: value NULL (a trigger on a partition), was NOT NULL (tested)
UPDATE readings SET value = 2 WHERE sensor >= 0 RETURNING value, old.sensor AS was;

-- name: VolatileTwice :many
-- columns: a NULL (another call), b NULL (another call)
SELECT CASE WHEN moody() IS NOT NULL THEN moody() ELSE 0 END AS a, moody() + id AS b FROM tasks WHERE moody() IS NULL OR id > 0;

-- name: EmptyGroupKeepsParameter :one
-- columns: wanted NULL (no row had to be equal to it), n NOT NULL (count)
SELECT sqlc.narg(wanted)::int AS wanted, count(*) AS n FROM tasks WHERE points = sqlc.narg(wanted);

-- name: EmptyGroupKeepsOuterColumn :many
-- columns: total NULL (no inner row had to be equal to it)
SELECT (SELECT count(*) + k.points FROM notes n WHERE n.stars = k.points) AS total FROM tasks k;

-- name: AnyOfEmptyNestedArray :many
-- columns: points NULL (an array of empty arrays is empty)
SELECT points FROM tasks WHERE NOT (points = ANY (ARRAY['{}'::int[], '{}'::int[]]));

-- name: OffsetSkips :many
-- columns: a NULL (the one row is skipped)
SELECT (SELECT count(*) FROM notes OFFSET 1) AS a FROM tasks;

-- name: DomainNotNullLeaks :many
-- columns: quantity NULL (a NOT NULL domain without a row)
SELECT s.quantity FROM tasks k LEFT JOIN stock s ON false;

-- name: ParameterNeedNotMatch :many
-- columns: points NULL (OR)
SELECT points FROM tasks WHERE points = $1 OR $1 > 0;

-- name: DistinctPairs :many
-- columns: a NOT NULL (a test of rows)
SELECT (points, due) IS DISTINCT FROM (1, NULL::date) AS a FROM tasks;

-- name: NestedJsonTable :many
-- columns: a NOT NULL (counts), b NULL (a nested path without a match), c NULL (nothing there)
SELECT j.a, j.b, j.c FROM JSON_TABLE('[{"x": []}, {"x": [1]}]'::jsonb, '$[*]'
    COLUMNS (a FOR ORDINALITY, NESTED PATH '$.x[*]' COLUMNS (b FOR ORDINALITY, c int PATH '$.z'))) AS j;

-- name: Cycle :many
-- columns: id NOT NULL (key), looped NOT NULL (set by CYCLE), way NOT NULL (set by CYCLE)
WITH RECURSIVE up AS (
    SELECT id, boss_id FROM people UNION ALL SELECT p.id, p.boss_id FROM up JOIN people p ON p.id = up.boss_id
) CYCLE id SET looped USING way
SELECT id, looped, way FROM up;

-- name: StringAggOverFilter :many
-- columns: a NOT NULL (the filter was met by a row), b NULL (counted under another filter)
SELECT CASE WHEN count(*) FILTER (WHERE done) > 0 THEN string_agg(title, ',') FILTER (WHERE done) ELSE '' END AS a,
       CASE WHEN count(*) FILTER (WHERE done) > 0 THEN string_agg(title, ',') FILTER (WHERE NOT done) ELSE '' END AS b
FROM tasks;

-- name: GroupedByNothing :many
-- columns: n NOT NULL (count), total NULL (the one group may have no rows)
SELECT count(*) AS n, sum(price) AS total FROM tasks GROUP BY ();

-- name: UnionInRecursion :many
-- columns: n NULL (the second arm)
WITH RECURSIVE t(n) AS ((SELECT 1 UNION SELECT 2) UNION ALL SELECT NULL::int FROM t WHERE n = 2) SELECT n FROM t;

-- name: EmptyFormat :many
-- columns: a NULL (an empty format gives NULL), b NOT NULL (a format that is written out), c NOT NULL (numbers give text in any case)
SELECT to_char(created_at, coalesce(body, '')) AS a, to_char(created_at, 'YYYY') AS b, to_char(price, title) AS c FROM tasks;

-- name: CopiedColumnsKeepNoDefault :many
-- columns: label NULL (LIKE copies no default)
INSERT INTO counters_like (id, label, safe) VALUES (907, DEFAULT, 1), (908, 'x', 2) RETURNING label;

-- name: InfinityIsNoDay :many
-- columns: a NOT NULL (the year of a day), b NULL (infinity has no weekday)
SELECT extract(year FROM created_at) AS a, extract(dow FROM 'infinity'::timestamptz) AS b FROM tasks;

-- name: CountAgainstCutNumber :many
-- columns: most NULL (three bits of 8 are 0)
SELECT max(points) AS most FROM tasks WHERE points IS NULL HAVING count(points) >= 8::bit(3)::int;

-- name: NumbersInOtherNotations :many
-- columns: noted NULL (another number than that of the CHECK)
SELECT noted FROM coded WHERE code = 0x2;

-- name: NumberOfATable :many
-- columns: noted NULL (a number that is written as a name)
SELECT noted FROM coded WHERE code <> 'coded'::regclass::integer;

-- name: StandInAsFloat :many
-- columns: share NULL (both are one number as float8)
SELECT share FROM coded WHERE coalesce(share, 9007199254740993) = 9007199254740992;

-- name: FormatOfBlanks :many
-- columns: a NULL (a char(n) of blanks is empty text)
SELECT to_char(created_at, ' '::char(2)::text) AS a FROM tasks;

-- name: NullThatACastTurnsIntoAValue :many
-- columns: home NULL (the cast makes a place of NULL)
SELECT home FROM people WHERE home IS DISTINCT FROM (NULL::text::place);

-- name: TruthInOtherWords :many
-- columns: done NULL (yes is true)
SELECT done FROM tasks WHERE coalesce(done, 'yes') = true;

-- name: FalsehoodInOtherWords :many
-- columns: done NULL (on is not off)
SELECT done FROM tasks WHERE coalesce(done, 'on') <> 'off';

-- name: TruthThatStandsIn :many
-- columns: done NULL (1 is true)
SELECT done FROM tasks WHERE coalesce(done, '1');

-- name: FalsehoodThatStandsIn :many
-- columns: done NOT NULL (off is false)
SELECT done FROM tasks WHERE coalesce(done, 'off');

-- name: LabelOfAnotherValue :many
-- columns: sown NULL (the CHECK is of another value), cut NULL? (the CHECK holds of what is not hot now), frost NOT NULL (a label that is as ever)
SELECT sown, cut, frost FROM crops WHERE season = 'cold';

-- name: LabelThatMovedOn :many
-- columns: sown NULL (the CHECK is of what is hot now)
SELECT sown FROM crops WHERE season = 'dry';

-- name: LabelOfNow :many
-- columns: cut NULL (the CHECK is of what is hot now)
SELECT cut FROM crops WHERE season = 'hot';

-- name: LabelOfAView :many
-- columns: cut NULL (the view is of what is hot now)
SELECT cut FROM dry_crops WHERE id > 0;

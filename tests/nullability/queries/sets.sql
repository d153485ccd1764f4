-- What it says that a set-returning call, a LATERAL subquery or a subquery's value is there.

-- name: UnnestedArray :many
-- columns: tags NOT NULL (NULL has no elements)
SELECT p.tags FROM people p, unnest(p.tags) t;

-- name: UnnestedArrayLeft :many
-- columns: tags NULL (a LEFT JOIN needs no elements)
SELECT p.tags FROM people p LEFT JOIN unnest(p.tags) t ON true;

-- name: UnnestedInSelectList :many
-- columns: tags NOT NULL (NULL has no elements), tag NULL (an element may be)
SELECT tags, unnest(tags) AS tag FROM people;

-- name: UnnestedSideBySide :many
-- columns: tags NULL (the other call has rows), n NULL (the array may be longer), tag NULL (the array may be shorter)
SELECT tags, generate_series(1, 1) AS n, unnest(tags) AS tag FROM people;

-- name: SeriesToColumn :many
-- columns: points NOT NULL (a series has an end), n NOT NULL (a number)
SELECT k.points, n FROM tasks k, generate_series(0, k.points) n WHERE k.points < 100 OR k.points IS NULL;

-- name: KeysOfObject :many
-- columns: info NOT NULL (NULL has no keys), key NOT NULL (a key)
SELECT p.info, k.key FROM people p, jsonb_each(p.info) k WHERE jsonb_typeof(p.info) = 'object' OR p.info IS NULL;

-- name: JsonTableOfColumn :many
-- columns: info NOT NULL (NULL has no rows), n NOT NULL (counts), there NOT NULL (true or false)
SELECT p.info, j.n, j.there FROM people p, JSON_TABLE(p.info, '$' COLUMNS (n FOR ORDINALITY, there boolean EXISTS PATH '$.x')) j;

-- name: LateralCondition :many
-- columns: points NOT NULL (the subquery compares it)
SELECT k.points FROM tasks k CROSS JOIN LATERAL (SELECT 1 WHERE k.points >= 0) s;

-- name: LateralConditionLeft :many
-- columns: points NULL (a LEFT JOIN needs no row)
SELECT k.points FROM tasks k LEFT JOIN LATERAL (SELECT 1 WHERE k.points >= 0) s ON true;

-- name: CorrelatedCount :many
-- columns: points NOT NULL (a row was equal to it)
SELECT k.points FROM tasks k WHERE (SELECT count(*) FROM notes n WHERE n.stars = k.points) > 0;

-- name: CorrelatedCountNone :many
-- columns: points NULL (no row was)
SELECT k.points FROM tasks k WHERE (SELECT count(*) FROM notes n WHERE n.stars = k.points) = 0;

-- name: CorrelatedValue :many
-- columns: points NOT NULL (the subquery found a row)
SELECT k.points FROM tasks k WHERE (SELECT n.task_id FROM notes n WHERE n.stars = k.points LIMIT 1) >= 0;

-- name: SubqueryOfComparison :many
-- columns: points NOT NULL (compared), discount NOT NULL (compared)
SELECT points, discount FROM tasks WHERE (SELECT points >= discount);

-- name: ElementsThroughFunction :many
-- columns: n NULL (the array may hold NULL)
SELECT elements_of(scores) AS n FROM people;

-- name: ElementsThroughFunctionInFrom :many
-- columns: n NULL (the array may hold NULL)
SELECT n FROM people, elements_of(scores) n;

-- name: ElementsThroughFunctionWritten :many
-- columns: n NOT NULL (no element is)
SELECT elements_of(ARRAY[id, 1]) AS n FROM people;

-- name: VariadicElements :many
-- columns: n NOT NULL (no argument is), m NULL (one may be)
SELECT a.n, b.m FROM tasks k, each_of(1, 2) a (n), each_of(1, k.points) b (m);

-- name: VariadicArray :many
-- columns: n NULL (the array may hold NULL)
SELECT n FROM people, each_of(VARIADIC scores) n;

-- name: ComparedThroughFunction :many
-- columns: a NULL (an element may be NULL), b NOT NULL (none is)
SELECT holds_one(ARRAY[boss_id]) AS a, holds_one(ARRAY[id]) AS b FROM people;

-- name: FirstCollected :many
-- columns: id NOT NULL (a group has a row), points NULL (it may be NULL), second NULL (there may be no other)
SELECT (array_agg(id ORDER BY id))[1] AS id, (array_agg(points ORDER BY id))[1] AS points, (array_agg(id))[2] AS second
FROM tasks GROUP BY team_id;

-- name: ItemsOfWritten :many
-- columns: a NOT NULL (an item), b NULL (an item that may be NULL), c NULL (there is none), d NOT NULL (text has one piece)
SELECT (ARRAY[1, 2])[2] AS a, (ARRAY[id, points])[2] AS b, (ARRAY[1])[2] AS c, (regexp_split_to_array(title, ','))[1] AS d FROM tasks;

-- name: AggregateOfWrittenRows :one
-- columns: largest NOT NULL (there are rows), listed NOT NULL (there are rows), smallest NULL (all may be NULL)
-- rows: exactly-one
SELECT max(n) AS largest, array_agg(t) AS listed, min(t) AS smallest FROM (VALUES (1, NULL::text), (2, NULL)) v (n, t);

-- name: AggregateOfWrittenRowsFiltered :one
-- columns: largest NULL (none passes)
SELECT max(n) AS largest FROM (VALUES (1), (2)) v (n) WHERE n > 2;

-- name: AggregateOfUnnested :one
-- columns: total NOT NULL (there are elements), none NULL (there may be none)
SELECT (SELECT sum(n) FROM unnest(ARRAY[1, 2]) n) AS total, (SELECT sum(n) FROM unnest('{}'::int[]) n) AS none;

-- name: AggregateOfUnion :one
-- columns: listed NOT NULL (there are rows)
SELECT array_agg(n) AS listed FROM (SELECT count(*) AS n FROM tasks UNION ALL SELECT id FROM tasks) s;

-- name: JsonQueryCovered :many
-- columns: a NOT NULL (an array in any case), b NULL (NULL if empty)
SELECT JSON_QUERY(settings, '$.x' EMPTY ARRAY ON EMPTY EMPTY ARRAY ON ERROR) AS a, JSON_QUERY(settings, '$.x') AS b FROM people;

-- name: DecidedByConstant :many
-- columns: a NOT NULL (false whatever the other), b NOT NULL (true whatever the other), c NULL (the other decides)
SELECT done AND false AS a, done OR true AS b, done AND true AS c FROM tasks;

-- name: CastToDomain :many
-- columns: a NOT NULL (NULL is refused), b NULL (already of the domain)
SELECT coalesce(points, 0)::amount AS a, (SELECT s.quantity FROM stock s WHERE false)::amount AS b FROM tasks WHERE points >= 0 OR points IS NULL;

-- name: CycleMarks :many
-- columns: m NULL (DEFAULT NULL), path NOT NULL (an array)
WITH RECURSIVE r AS (
    SELECT id, boss_id FROM people UNION ALL
    SELECT p.id, p.boss_id FROM people p JOIN r ON p.boss_id = r.id
) CYCLE id SET m TO true DEFAULT NULL USING path
SELECT m, path::text AS path FROM r;

-- name: CycleMarkPlain :many
-- columns: m NOT NULL (one of two values), s NOT NULL (counted)
WITH RECURSIVE r AS (
    SELECT id, boss_id FROM people UNION ALL
    SELECT p.id, p.boss_id FROM people p JOIN r ON p.boss_id = r.id
) SEARCH DEPTH FIRST BY id SET s CYCLE id SET m TO 'y' DEFAULT 'n' USING path
SELECT m, s::text AS s FROM r;

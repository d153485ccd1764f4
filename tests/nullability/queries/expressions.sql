-- Functions, operators, casts, constructors.

-- name: Constants :one
-- columns: one NOT NULL (constant), word NOT NULL (constant), nothing NULL (the constant NULL), typed NULL (the constant NULL)
SELECT 1 AS one, 'x' AS word, NULL AS nothing, NULL::int AS typed;

-- name: Arithmetic :many
-- columns: a NOT NULL (both operands are), b NULL (an operand)
SELECT price * 2 + id AS a, price - discount AS b FROM tasks;

-- name: Comparisons :many
-- columns: a NOT NULL (both operands are), b NULL (an operand)
SELECT price > 1 AS a, points > 1 AS b FROM tasks;

-- name: Concatenation :many
-- columns: a NOT NULL (both operands are), b NULL (an operand), c NOT NULL (concat skips NULL), d NULL (the separator is a column)
SELECT title || '!' AS a, title || body AS b, concat(title, body) AS c, concat_ws(body, 'a', title) AS d FROM tasks;

-- name: StrictFunctions :many
-- columns: a NOT NULL (strict), b NULL (strict), c NOT NULL (strict), d NOT NULL (strict)
SELECT upper(title) AS a, upper(body) AS b, substring(title FROM 1 FOR 2) AS c, date_trunc('day', created_at) AS d FROM tasks;

-- name: StrictYetNull :many
-- columns: a NULL (no match), b NULL (no such element), c NULL (no such key), d NULL (an empty array has no length)
SELECT substring(title FROM 'z+') AS a, labels[1] AS b, '{"a": 1}'::jsonb -> title AS c, array_length(labels, 1) AS d FROM tasks;

-- name: RegexpMatch :many
-- columns: regexp_match NULL (no match), regexp_replace NOT NULL (unchanged without a match), regexp_count NOT NULL (zero)
SELECT regexp_match(title, 'z'), regexp_replace(title, 'z', ''), regexp_count(title, 'z') FROM tasks;

-- name: Casts :many
-- columns: a NOT NULL (of a value), b NULL (of NULL), c NOT NULL (of a value), d NULL (a JSON null has no number)
SELECT price::int AS a, points::text AS b, title::varchar(3) AS c, (CASE WHEN price > 1 THEN '1'::jsonb ELSE 'null'::jsonb END)::int AS d FROM tasks;

-- name: NullTests :many
-- columns: a NOT NULL (test), b NOT NULL (test), c NOT NULL (test), d NOT NULL (test)
SELECT points IS NULL AS a, done IS TRUE AS b, done IS NOT UNKNOWN AS c, points IS DISTINCT FROM discount AS d FROM tasks;

-- name: Logic :many
-- columns: a NULL (an operand), b NOT NULL (both operands are), c NULL (an operand), d NULL (its operand)
SELECT done AND true AS a, price > 0 AND id > 0 AS b, done OR id > 1000 AS c, NOT done AS d FROM tasks;

-- name: GuardedLogic :many
-- columns: a NOT NULL (false where it is NULL), b NOT NULL (true where it is NULL), c NULL (not guarded)
SELECT points IS NOT NULL AND points > 1 AS a, points IS NULL OR points > 1 AS b, points IS NOT NULL OR points > 1 AS c FROM tasks;

-- name: InLists :many
-- columns: a NOT NULL (all are), b NULL (left side), c NULL (an item), d NULL (left side)
SELECT id IN (1, 2) AS a, points IN (1, 2) AS b, id IN (points, 2) AS c, points NOT IN (1, 2) AS d FROM tasks;

-- name: AnyAll :many
-- columns: a NOT NULL (a parameter's array has no NULLs), b NULL (the column's array may), c NULL (left side)
SELECT id = ANY ($1::bigint[]) AS a, 'zz' = ANY (labels) AS b, points = ANY ($1::bigint[]) AS c FROM tasks;

-- name: RowComparisons :many
-- columns: a NOT NULL (all are), b NULL (one of them), c NOT NULL (a test)
SELECT (id, price) < (2, 3) AS a, (points, id) = (2, id) AS b, (id, points) IS NULL AS c FROM tasks;

-- name: Constructors :many
-- columns: a NOT NULL (array), b NOT NULL (row), c NOT NULL (array of a subquery), d NOT NULL (empty array)
SELECT ARRAY[points] AS a, ROW(points, due) AS b, ARRAY(SELECT line FROM notes) AS c, ARRAY[]::int[] AS d FROM tasks;

-- name: TimeFunctions :many
-- columns: now NOT NULL (function), today NOT NULL (value), who NOT NULL (value), age NULL (operand)
SELECT now() AS now, current_date AS today, current_user AS who, now() - noted_at AS age FROM tasks;

-- name: Extract :many
-- columns: a NOT NULL (a field of a time), b NULL (of NULL)
SELECT extract(year FROM created_at) AS a, extract(year FROM due) AS b FROM tasks;

-- name: ExtractOfInfinity :one
-- columns: a NULL (infinity has no month), b NOT NULL (infinity has a year)
SELECT extract(month FROM 'infinity'::date) AS a, extract(day FROM '2024-02-29'::date) AS b;

-- name: Ranges :many
-- columns: a NOT NULL (range constructor), b NULL (an unbounded range has no lower end), c NOT NULL (test)
SELECT int4range(points, 100) AS a, lower(int4range(points, 100)) AS b, isempty(int4range(0, 5)) AS c FROM tasks WHERE points IS NULL OR points < 50;

-- name: Formatting :many
-- columns: a NOT NULL (format of a constant), b NOT NULL (a NULL is quoted as such), c NULL (strict)
SELECT format('%s-%s', title, body) AS a, quote_nullable(body) AS b, quote_literal(body) AS c FROM tasks;

-- name: Substructure :many
-- columns: street NULL (a field), city NULL (a field), known NOT NULL (taken from a constructor), given NULL (taken from a constructor)
SELECT (home).street, (home).city, (ROW('a', nick)::place).street AS known, (ROW('a', nick)::place).city AS given FROM people;

-- name: AtTimeZone :many
-- columns: timezone NOT NULL (strict)
SELECT created_at AT TIME ZONE 'UTC' FROM tasks;

-- name: Overlaps :many
-- columns: overlaps NULL (a period with an unknown end)
SELECT (due, created_at::date) OVERLAPS ('2000-01-01'::date, '2000-01-02'::date) FROM tasks;

-- name: Collated :many
-- columns: a NOT NULL (COLLATE changes nothing), b NULL (COLLATE changes nothing)
SELECT title COLLATE "C" AS a, body COLLATE "C" AS b FROM tasks;

-- name: NamedArguments :one
-- columns: make_interval NOT NULL (the defaults are zeros), make_date NULL (given by name)
SELECT make_interval(days => 3), make_date(day => NULL, month => 2, year => 2000);

-- name: VariadicNull :one
-- columns: a NULL (no array at all), b NOT NULL (an array)
SELECT concat(VARIADIC sqlc.narg(parts)::text[]) AS a, concat(VARIADIC sqlc.arg(pieces)::text[]) AS b;

-- name: SchemaName :one
-- columns: current_schema NULL? (NULL only under an empty search path), current_catalog NOT NULL (value)
SELECT current_schema, current_catalog;

-- name: SettingThatIsNot :one
-- columns: setting NULL (there is no such setting), today NOT NULL (always)
SELECT current_setting('no.such', true) AS setting, current_date AS today;

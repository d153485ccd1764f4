-- CASE, COALESCE, NULLIF, GREATEST, LEAST.

-- name: CaseWithElse :many
-- columns: a NOT NULL (every outcome is), b NULL (one outcome)
SELECT CASE WHEN done THEN 1 ELSE 2 END AS a, CASE WHEN done THEN points ELSE 2 END AS b FROM tasks;

-- name: CaseWithoutElse :many
-- columns: a NULL (no ELSE)
SELECT CASE WHEN done THEN 1 END AS a FROM tasks;

-- name: CaseNarrows :many
-- columns: a NOT NULL (tested), b NOT NULL (tested by the branch before), c NOT NULL (compared)
SELECT CASE WHEN points IS NOT NULL THEN points ELSE 0 END AS a,
       CASE WHEN points IS NULL THEN 0 ELSE points END AS b,
       CASE WHEN points > 3 THEN points ELSE 0 END AS c
FROM tasks;

-- name: CaseElseOfComparison :many
-- columns: a NULL (a NULL comparison takes ELSE too)
SELECT CASE WHEN points > 3 THEN 0 ELSE points END AS a FROM tasks;

-- name: CaseLaterBranch :many
-- columns: a NOT NULL (the first branch took the NULLs), b NULL (another column)
SELECT CASE WHEN points IS NULL THEN 0 WHEN done THEN points ELSE points + 1 END AS a,
       CASE WHEN points IS NULL THEN 0 WHEN done THEN 1 ELSE discount END AS b
FROM tasks;

-- name: CaseConjunction :many
-- columns: a NOT NULL (both tested)
SELECT CASE WHEN points IS NOT NULL AND discount IS NOT NULL THEN points + discount ELSE 0 END AS a FROM tasks;

-- name: CaseDisjunction :many
-- columns: a NOT NULL (neither is NULL in ELSE), b NULL (one of them may be)
SELECT CASE WHEN points IS NULL OR discount IS NULL THEN 0 ELSE points + discount END AS a,
       CASE WHEN points IS NOT NULL OR discount IS NOT NULL THEN points ELSE 0 END AS b
FROM tasks;

-- name: SimpleCase :many
-- columns: a NOT NULL (every outcome is), b NULL (no ELSE), c NOT NULL (equal to the constant)
SELECT CASE points WHEN 1 THEN 'one' ELSE 'more' END AS a, CASE points WHEN 1 THEN 'one' END AS b,
       CASE points WHEN 1 THEN points ELSE 0 END AS c
FROM tasks;

-- name: NestedCase :many
-- columns: a NOT NULL (inner tests), b NULL (inner outcome)
SELECT CASE WHEN done IS NOT NULL THEN CASE WHEN done THEN 'yes' ELSE 'no' END ELSE '?' END AS a,
       CASE WHEN done THEN CASE WHEN points > 1 THEN 'x' END ELSE 'no' END AS b
FROM tasks;

-- name: CaseAroundJoin :many
-- columns: a NOT NULL (tested), b NOT NULL (tested by another column of the row), c NULL (not tested)
SELECT CASE WHEN t.title IS NOT NULL THEN t.title ELSE '-' END AS a,
       CASE WHEN t.id IS NULL THEN '-' ELSE t.title END AS b,
       CASE WHEN k.done THEN t.title ELSE '-' END AS c
FROM tasks k LEFT JOIN teams t ON t.id = k.team_id;

-- name: CaseDeadBranch :many
-- columns: a NOT NULL (the branch is never taken)
SELECT CASE WHEN false THEN NULL ELSE title END AS a FROM tasks;

-- name: Coalesce :many
-- columns: a NOT NULL (a constant at the end), b NULL (all may be), c NOT NULL (one of them is)
SELECT coalesce(points, 0) AS a, coalesce(points, discount) AS b, coalesce(discount, price, points) AS c FROM tasks;

-- name: StandInsThatDoNotPass :many
-- columns: body NOT NULL (an empty text would not pass), points NOT NULL (nor would 0), discount NOT NULL (nor 1), nick NOT NULL (nor any other text)
SELECT k.body, k.points, k.discount, p.info->>'nick' AS nick
FROM tasks k JOIN people p ON coalesce(p.info->>'nick', '') = 'a'
WHERE NOT coalesce(body, '') = '' AND coalesce(points, 0) > 0 AND 1 < coalesce(discount, 1);

-- name: StandInsThatPass :many
-- columns: body NULL (the text stands in), points NULL (1 is greater), discount NULL (1 is less)
SELECT body, points, discount
FROM tasks
WHERE coalesce(body, 'none') <> '' AND coalesce(points, 1) > 0 AND 5 > coalesce(discount, 1);

-- name: StandInAfterTwo :many
-- columns: nick NULL (the other may be there), said NULL (the other may be there), one NOT NULL (one of them is)
SELECT nick, info->>'nick' AS said, coalesce(nick, info->>'nick') AS one
FROM people
WHERE coalesce(nick, info->>'nick', NULL, '') <> '';

-- name: NullIf :many
-- columns: a NULL (equal), b NULL (equal or NULL), c NOT NULL (never equal to NULL)
SELECT nullif(id, 1) AS a, nullif(points, 1) AS b, nullif(id, NULL) AS c FROM tasks;

-- name: GreatestLeast :many
-- columns: a NOT NULL (NULLs are skipped), b NULL (all may be)
SELECT greatest(points, 3) AS a, least(points, discount) AS b FROM tasks;

-- name: CoalesceSubquery :many
-- columns: a NOT NULL (a constant stands in), b NULL (nothing found)
SELECT coalesce((SELECT max(line) FROM notes WHERE task_id = k.id), '') AS a,
       coalesce((SELECT max(line) FROM notes WHERE task_id = k.id), body) AS b
FROM tasks k;

-- name: CaseCount :many
-- columns: a NOT NULL (there are values), b NULL (no condition on the values), c NOT NULL (there are values)
SELECT CASE WHEN count(points) > 0 THEN sum(points) ELSE 0 END AS a,
       CASE WHEN count(*) > 0 THEN sum(points) ELSE 0 END AS b,
       CASE WHEN count(points) = 0 THEN 0 ELSE avg(points) END AS c
FROM tasks;

-- name: SimpleCaseOfAnother :many
-- columns: nick NULL (its operand is of another table), name NOT NULL (constraint)
SELECT CASE t.id WHEN s.id THEN s.nick ELSE '' END AS nick, CASE t.id WHEN s.id THEN s.name ELSE '' END AS name
FROM teams t JOIN (SELECT nick, id, name FROM people) s ON true;

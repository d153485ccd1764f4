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

-- name: CaseNeverTaken :many
-- columns: a NOT NULL (WHERE rules the branch out), b NULL (nothing rules it out), c NOT NULL (the key is there), d NOT NULL (WHERE has let either in)
SELECT CASE WHEN points IS NULL THEN body ELSE points::text END AS a, CASE WHEN discount IS NULL THEN body ELSE 'x' END AS b,
       CASE WHEN id IS NULL THEN body ELSE title END AS c, CASE WHEN due IS NULL AND body IS NULL THEN NULL ELSE 1 END AS d
FROM tasks WHERE points IS NOT NULL AND (due IS NOT NULL OR body IS NOT NULL);

-- name: CaseNeverElse :many
-- columns: a NOT NULL (one or the other), c NULL (neither, if NULL), d NULL (may be NULL between)
SELECT CASE WHEN points IS NULL THEN 'none' WHEN points IS NOT NULL THEN 'some' END AS a,
       CASE WHEN done THEN 1 WHEN NOT done THEN 2 END AS c, CASE WHEN moody() = 1 THEN 1 WHEN moody() IS NULL THEN 2 END AS d
FROM tasks;

-- name: CaseOfAllLabels :many
-- columns: a NOT NULL (every label has a branch), b NULL (one has none), c NOT NULL (the one is excluded)
SELECT CASE state WHEN 'open' THEN 1 WHEN 'solved' THEN 2 WHEN 'refused' THEN 3 END AS a,
       CASE state WHEN 'open' THEN 1 WHEN 'refused' THEN 2 END AS b,
       CASE WHEN state <> 'open' THEN CASE state WHEN 'solved' THEN 1 WHEN 'refused' THEN 2 END ELSE 0 END AS c
FROM tickets;

-- name: CaseOfAllLabelsOrNull :many
-- columns: a NULL (it may be NULL itself), b NULL (the outer join leaves it out), c NOT NULL (NULL has a branch)
SELECT CASE m.standing WHEN 'guest' THEN 1 WHEN 'member' THEN 2 WHEN 'head' THEN 3 END AS a,
       CASE k.state WHEN 'open' THEN 1 WHEN 'solved' THEN 2 WHEN 'refused' THEN 3 END AS b,
       CASE WHEN k.state IS NULL THEN 0 WHEN k.state IN ('open', 'solved') THEN 1 WHEN k.state = 'refused' THEN 3 END AS c
FROM members m LEFT JOIN tickets k ON k.id = m.team_id;

-- name: CaseOfAllLabelsGrouped :many
-- columns: a NULL (NULL in the total), b NULL (NULL in the total)
SELECT CASE state WHEN 'open' THEN 1 WHEN 'solved' THEN 2 WHEN 'refused' THEN 3 END AS a,
       CASE WHEN state IS NOT DISTINCT FROM 'open' THEN 1 WHEN state IS DISTINCT FROM 'open' AND state <> 'open' THEN 2 END AS b
FROM tickets GROUP BY ROLLUP (state);

-- name: CaseOfAllChecked :many
-- columns: a NOT NULL (the CHECK leaves no other), b NULL (it leaves another), c NOT NULL (what runs is locked)
SELECT CASE state WHEN 'waiting' THEN 1 WHEN 'running' THEN 2 END AS a, CASE state WHEN 'waiting' THEN 1 WHEN 'stopped' THEN 2 END AS b,
       CASE WHEN state = 'waiting' THEN '-' WHEN locked_at IS NULL THEN NULL ELSE locked_by END AS c
FROM jobs;

-- name: CaseOfAllCheckedGrouped :many
-- columns: a NULL (NULL in the total)
SELECT CASE WHEN state IS NOT DISTINCT FROM 'waiting' THEN 1 WHEN state IS NOT DISTINCT FROM 'running' THEN 2 END AS a
FROM jobs GROUP BY ROLLUP (state);

-- name: CaseOfRenamedLabels :many
-- columns: a NULL (of those that were named so once), b NOT NULL (as they are named now)
SELECT CASE WHEN season = 'dry' THEN 1 WHEN season = 'cold' THEN 2 END AS a, CASE WHEN season IS NOT NULL THEN 1 END AS b
FROM crops;

-- name: CaseOfWritten :many
-- columns: a NULL (the row was another before), b NULL (seen before the change)
UPDATE tasks SET points = NULL, body = NULL WHERE points IS NOT NULL
RETURNING CASE WHEN points IS NULL THEN body ELSE title END AS a, CASE WHEN old.points IS NOT NULL THEN body ELSE title END AS b;

-- name: CaseAroundKey :many
-- columns: a NOT NULL (its team is there), b NULL (it has no mascot, or none at all), c NULL (a task without points has a team), d NOT NULL (the number is that of a team), e NULL (of another row)
SELECT CASE WHEN k.team_id IS NOT NULL THEN t.title ELSE '-' END AS a,
       CASE WHEN k.team_id IS NOT NULL THEN o.title ELSE '-' END AS b, CASE WHEN k.points IS NULL THEN t.title ELSE '-' END AS c,
       CASE k.team_id WHEN 1 THEN t.title ELSE '-' END AS d,
       CASE WHEN k.team_id IS NOT NULL THEN lag(t.title) OVER (ORDER BY k.id) ELSE '-' END AS e
FROM tasks k LEFT JOIN teams t ON t.id = k.team_id LEFT JOIN teams o ON o.id = k.team_id AND o.mascot <> '';

-- name: CaseAroundKeyLocked :many
-- columns: a NULL? (the row may be newer than its team)
SELECT CASE WHEN k.team_id IS NOT NULL THEN t.title ELSE '-' END AS a
FROM tasks k LEFT JOIN teams t ON t.id = k.team_id FOR UPDATE OF k;

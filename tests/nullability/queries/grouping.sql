-- GROUPING, and what count() and FILTER say of other aggregates.

-- name: GroupingTold :many
-- columns: title NOT NULL (all where it is left out)
SELECT CASE WHEN grouping(title) = 1 THEN 'all' ELSE title END AS title FROM tasks GROUP BY ROLLUP (title);

-- name: GroupingToldKept :many
-- columns: a NOT NULL (it is not left out), b NULL (it is)
SELECT CASE WHEN grouping(title) = 0 THEN title ELSE '' END AS a, CASE WHEN grouping(title) = 0 THEN '' ELSE title END AS b
FROM tasks GROUP BY ROLLUP (title);

-- name: GroupingOfTwo :many
-- columns: a NOT NULL (neither is left out), b NOT NULL (the last bit is that of title), c NULL (the other bit is)
SELECT CASE WHEN grouping(price, title) = 0 THEN price ELSE 0 END AS a, CASE WHEN grouping(price, title) = 2 THEN title ELSE '' END AS b,
       CASE WHEN grouping(price, title) = 1 THEN title ELSE '' END AS c
FROM tasks GROUP BY CUBE (price, title);

-- name: GroupingInHaving :many
-- columns: title NOT NULL (the set that leaves it out is dropped), n NOT NULL (count)
SELECT title, count(*) AS n FROM tasks GROUP BY ROLLUP (title) HAVING grouping(title) = 0;

-- name: GroupingOfNullable :many
-- columns: points NULL (a key that may be NULL)
SELECT points FROM tasks GROUP BY ROLLUP (points) HAVING grouping(points) = 0;

-- name: RollupOfUsing :many
-- columns: id NULL (left out, under its other name)
SELECT p.id FROM people p LEFT JOIN teams t USING (id) GROUP BY ROLLUP (id);

-- name: FilteredCountTells :many
-- columns: most NOT NULL (a row with points was counted)
SELECT max(points) AS most FROM tasks GROUP BY team_id HAVING count(*) FILTER (WHERE points IS NOT NULL) > 0;

-- name: FilteredCountTellsOther :many
-- columns: most NULL (other rows were counted)
SELECT max(points) AS most FROM tasks GROUP BY team_id HAVING count(*) FILTER (WHERE done IS NULL) > 0;

-- name: FilterComparedCount :many
-- columns: most NOT NULL (compared, so there)
SELECT max(points) AS most FROM tasks GROUP BY team_id HAVING count(*) FILTER (WHERE points >= 0) >= 1;

-- name: SetInOrder :many
-- rows: many
SELECT 1 AS one ORDER BY generate_series(1, 3);

-- name: AggregateOverEmptySet :many
-- columns: total NOT NULL (a row in any case)
SELECT sum(v) AS total FROM (VALUES (1), (2)) t (v) GROUP BY ROLLUP (v);

-- name: LeftOutAmongAlternatives :many
-- columns: best NULL (title is left out, and no body), either NULL (likewise), kept NOT NULL (tested)
SELECT greatest(max(body) FILTER (WHERE points > 1), title) AS best, coalesce(max(body), title) AS either,
       CASE WHEN title IS NOT NULL THEN coalesce(max(body), title) ELSE '' END AS kept
FROM tasks GROUP BY CUBE (title, points);

-- name: KeyLeftOutOfTheTable :many
-- columns: a NULL (the set leaves both keys out)
SELECT coalesce(done_at, done_at) AS a FROM bookings GROUP BY GROUPING SETS ((state), (state, done_at)) HAVING state = 'done';

-- Window functions.

-- name: Ranks :many
-- columns: row_number NOT NULL (always), rank NOT NULL (always), percent_rank NOT NULL (always), ntile NOT NULL (constant argument)
SELECT row_number() OVER w, rank() OVER w, percent_rank() OVER w, ntile(3) OVER w FROM tasks WINDOW w AS (ORDER BY id);

-- name: LagLead :many
-- columns: a NULL (no row before), b NULL (no row after), c NOT NULL (a default), d NULL (the value may be)
SELECT lag(id) OVER w AS a, lead(id, 2) OVER w AS b, lag(id, 1, 0::bigint) OVER w AS c, lag(points, 1, 0) OVER w AS d
FROM tasks WINDOW w AS (ORDER BY id);

-- name: FirstLast :many
-- columns: a NOT NULL (the frame holds the row), b NOT NULL (the frame holds the row), c NULL (the value may be), d NULL (no such row)
SELECT first_value(id) OVER w AS a, last_value(id) OVER w AS b, first_value(points) OVER w AS c, nth_value(id, 2) OVER w AS d
FROM tasks WINDOW w AS (ORDER BY id);

-- name: FramesThatMayBeEmpty :many
-- columns: a NULL (only rows before), b NULL (only rows after), c NULL (not its own row), d NULL (not its peers)
SELECT first_value(id) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS a,
       sum(id) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) AS b,
       sum(id) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND CURRENT ROW EXCLUDE CURRENT ROW) AS c,
       max(id) OVER (ORDER BY id RANGE UNBOUNDED PRECEDING EXCLUDE GROUP) AS d
FROM tasks;

-- name: FramesWithTheRow :many
-- columns: a NOT NULL (between), b NOT NULL (peers left out, the row kept), c NOT NULL (by range)
SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS a,
       sum(id) OVER (ORDER BY points RANGE UNBOUNDED PRECEDING EXCLUDE TIES) AS b,
       sum(price) OVER (ORDER BY id RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS c
FROM tasks;

-- name: WindowAggregates :many
-- columns: a NOT NULL (at least this row), b NULL (all may be NULL), n NOT NULL (count), listed NOT NULL (at least this row)
SELECT sum(price) OVER (PARTITION BY team_id) AS a, sum(points) OVER (PARTITION BY team_id) AS b,
       count(*) OVER () AS n, array_agg(points) OVER (ORDER BY id) AS listed
FROM tasks;

-- name: FilteredWindow :many
-- columns: a NULL (the filter may drop all)
SELECT sum(price) FILTER (WHERE done) OVER () AS a FROM tasks;

-- name: WindowOverGroups :many
-- columns: team_id NULL (key), share NOT NULL (of values)
SELECT team_id, sum(price) / sum(sum(price) + 1000) OVER () AS share FROM tasks GROUP BY team_id;

-- name: CaseIsNoFactOfOtherRows :many
-- columns: a NULL (the value is of another row)
SELECT CASE WHEN points IS NOT NULL THEN first_value(points) OVER (ORDER BY points NULLS FIRST) ELSE 0 END AS a FROM tasks;

-- name: WhereIsFactOfAllRows :many
-- columns: a NOT NULL (every row passed), b NULL (no row before)
SELECT first_value(points) OVER (ORDER BY id) AS a, lag(points) OVER (ORDER BY id) AS b FROM tasks WHERE points IS NOT NULL;

-- name: OverInSubquery :many
-- columns: title NOT NULL (constraint), place NOT NULL (rank)
SELECT s.title, s.place FROM (SELECT title, rank() OVER (ORDER BY points) AS place FROM tasks) s WHERE s.place < 3;

-- Aggregates, with groups and without.

-- name: Count :one
-- columns: n NOT NULL (count), m NOT NULL (count)
SELECT count(*) AS n, count(points) AS m FROM tasks;

-- name: UngroupedAggregates :one
-- columns: total NULL (no rows), largest NULL (no rows), listed NULL (no rows), flags NULL (no rows)
SELECT sum(price) AS total, max(id) AS largest, array_agg(id) AS listed, bool_or(price > 1) AS flags FROM tasks;

-- name: GroupedAggregates :many
-- columns: points NULL (a key), total NOT NULL (a group has rows), largest NULL (all may be NULL), listed NOT NULL (collects NULLs too)
SELECT points, sum(price) AS total, max(discount) AS largest, array_agg(discount) AS listed FROM tasks GROUP BY points;

-- name: GroupedByKey :many
-- columns: id NOT NULL (key), title NOT NULL (depends on the key), total NULL (all may be NULL)
SELECT k.id, k.title, sum(n.stars) AS total FROM tasks k JOIN notes n ON n.task_id = k.id GROUP BY k.id;

-- name: GroupedOuterJoin :many
-- columns: id NOT NULL (key), n NOT NULL (count), total NULL (no match)
SELECT t.id, count(k.id) AS n, sum(k.price) AS total FROM teams t LEFT JOIN tasks k ON k.team_id = t.id GROUP BY t.id;

-- name: WhereIsNoFactOfEmptyGroup :one
-- columns: largest NULL (no rows)
SELECT max(points) AS largest FROM tasks WHERE points IS NOT NULL;

-- name: WhereIsFactOfGroups :many
-- columns: team_id NULL (key), largest NOT NULL (every row has one)
SELECT team_id, max(points) AS largest FROM tasks WHERE points IS NOT NULL GROUP BY team_id;

-- name: FilteredAggregate :many
-- columns: total NULL (the filter may drop all), n NOT NULL (count)
SELECT sum(price) FILTER (WHERE done) AS total, count(*) FILTER (WHERE done) AS n FROM tasks GROUP BY team_id;

-- name: Statistics :many
-- columns: variance NULL (one row has none), var_pop NOT NULL (of at least one value), corr NULL (one row has none), regr_count NOT NULL (count)
SELECT variance(price), var_pop(price), corr(price::float8, id::float8), regr_count(price::float8, id::float8) FROM tasks GROUP BY team_id;

-- name: OrderedSets :many
-- columns: median NOT NULL (values), common NOT NULL (values), nullable_median NULL (all may be NULL), place NOT NULL (a rank)
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY price::float8) AS median, mode() WITHIN GROUP (ORDER BY price) AS common,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY points) AS nullable_median, rank(3) WITHIN GROUP (ORDER BY points) AS place
FROM tasks GROUP BY team_id;

-- name: StringAgg :many
-- columns: a NOT NULL (titles), b NULL (all may be NULL), c NOT NULL (a NULL delimiter is left out)
SELECT string_agg(title, ',') AS a, string_agg(body, ',') AS b, string_agg(title, NULL) AS c FROM tasks GROUP BY team_id;

-- name: JsonAggregates :many
-- columns: a NOT NULL (a group has rows), b NOT NULL (a group has rows), c NOT NULL (likewise)
SELECT json_agg(body) AS a, jsonb_object_agg(id, body) AS b, json_arrayagg(body) AS c FROM tasks GROUP BY team_id;

-- name: JsonAggregatesUngrouped :one
-- columns: a NULL (no rows), b NULL (no rows)
SELECT jsonb_agg(title) AS a, json_arrayagg(title) AS b FROM tasks;

-- name: CoalescedAggregate :one
-- columns: total NOT NULL (zero stands in)
SELECT coalesce(sum(price), 0) AS total FROM tasks;

-- name: HavingCount :many
-- columns: total NOT NULL (the group has rows)
SELECT sum(price) AS total FROM tasks HAVING count(*) > 0;

-- name: AggregateOfExpression :many
-- columns: a NULL (all may be NULL), b NOT NULL (a constant stands in)
SELECT max(points + 1) AS a, max(coalesce(points, 0)) AS b FROM tasks GROUP BY team_id;

-- name: DistinctAggregate :many
-- columns: a NOT NULL (values), b NULL (all may be NULL)
SELECT sum(DISTINCT price) AS a, max(DISTINCT points) AS b FROM tasks GROUP BY team_id;

-- name: GroupByExpression :many
-- columns: half NULL (of NULL), month NOT NULL (of a value)
SELECT points / 2 AS half, date_trunc('month', created_at) AS month FROM tasks GROUP BY 1, 2;

-- name: GroupingSets :many
-- columns: points NULL (left out), title NULL (left out), n NOT NULL (count), total NOT NULL (no set is empty)
SELECT points, title, count(*) AS n, sum(price) AS total FROM tasks GROUP BY GROUPING SETS ((points), (title));

-- name: Rollup :many
-- columns: title NULL (left out), total NULL (the empty set over no rows), grouping NOT NULL (bits)
SELECT title, sum(price) AS total, grouping(title) FROM tasks GROUP BY ROLLUP (title);

-- name: RollupOfKey :many
-- columns: id NULL (left out although it is a primary key)
SELECT id FROM tasks GROUP BY CUBE (id);

-- name: RollupKeptKey :many
-- columns: team_id NULL (none), title NULL (left out), price NOT NULL (in every set), total NOT NULL (no set is empty)
SELECT team_id, title, price, sum(price) AS total FROM tasks GROUP BY price, ROLLUP (team_id, title);

-- name: RollupOfExpression :many
-- columns: half NULL (left out), again NULL (made of what is left out)
SELECT id / 2 AS half, id / 2 + 1 AS again FROM tasks GROUP BY ROLLUP (id / 2);

-- name: RollupOfConditional :many
-- columns: kind NULL (left out)
SELECT CASE WHEN price > 1 THEN 'dear' ELSE 'cheap' END AS kind FROM tasks
GROUP BY ROLLUP (CASE WHEN price > 1 THEN 'dear' ELSE 'cheap' END);

-- name: RollupWhere :many
-- columns: points NULL (left out after WHERE), next NULL (made of it)
SELECT points, points + 1 AS next FROM tasks WHERE points + 1 IS NOT NULL GROUP BY ROLLUP (points);

-- name: RollupHaving :many
-- columns: points NOT NULL (HAVING drops the set that leaves it out)
SELECT points FROM tasks GROUP BY ROLLUP (points) HAVING points IS NOT NULL;

-- name: RollupCoalesced :many
-- columns: title NOT NULL (a constant stands in)
SELECT coalesce(title, 'all') AS title FROM tasks GROUP BY ROLLUP (title);

-- name: AggregateOverOuterColumn :many
-- columns: id NOT NULL (key), n NULL (one value that may be NULL)
SELECT t.id, (SELECT max(t.deputy_id)) AS n FROM teams t GROUP BY t.id, t.deputy_id;

-- name: UserAggregates :one
-- columns: a NOT NULL (an initial value), b NULL (no rows), c NOT NULL (counted)
SELECT total_of(points) AS a, largest_of(points) AS b, CASE WHEN count(points) > 0 THEN largest_of(points) ELSE 0 END AS c FROM tasks;

-- name: UserAggregatesGrouped :many
-- columns: a NULL (all may be NULL), b NOT NULL (values)
SELECT largest_of(points) AS a, largest_of(id::int) AS b FROM tasks WHERE id < 1000 GROUP BY team_id;

-- name: TwoArgumentsCountedApart :many
-- columns: c NULL (a value of each, in different rows), r NULL (likewise)
SELECT covar_pop(points, discount) AS c, regr_avgx(points, discount) AS r FROM tasks
GROUP BY team_id HAVING count(points) > 0 AND count(discount) > 0;

-- name: OneOfTwoArgumentsCounted :many
-- columns: c NOT NULL (the other is there in every row)
SELECT covar_pop(points::float8, price) AS c FROM tasks
GROUP BY team_id HAVING count(points::float8) > 0;

-- name: PercentileOfKeyLeftOut :many
-- columns: a NULL (the key is left out), b NOT NULL (a key in every set), c NULL (rows have the key, the group has not)
SELECT percentile_disc(points * 0.1) WITHIN GROUP (ORDER BY title) AS a, percentile_cont(id * 0.0) WITHIN GROUP (ORDER BY price) AS b,
       percentile_disc(points * 0.1) WITHIN GROUP (ORDER BY title) AS c
FROM tasks WHERE points BETWEEN 0 AND 9 GROUP BY GROUPING SETS ((id, points), (id, done)) HAVING count(points * 0.1) > 0;

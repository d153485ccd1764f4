-- Joins and what they null.

-- name: InnerJoin :many
-- columns: id NOT NULL (inner join), title NOT NULL (inner join), mascot NULL (none)
SELECT k.id, t.title, t.mascot FROM tasks k JOIN teams t ON t.id = k.team_id;

-- name: LeftJoin :many
-- columns: id NOT NULL (kept side), title NULL (no match)
SELECT k.id, t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id;

-- name: RightJoin :many
-- columns: title NULL (no match), id NOT NULL (kept side)
SELECT t.title, k.id FROM teams t RIGHT JOIN tasks k ON t.id = k.team_id;

-- name: FullJoin :many
-- columns: id NULL (no match), title NULL (no match)
SELECT k.id, t.title FROM tasks k FULL JOIN teams t ON t.id = k.team_id;

-- name: CrossJoin :many
-- columns: id NOT NULL (inner), title NOT NULL (inner)
SELECT k.id, t.title FROM tasks k CROSS JOIN teams t;

-- name: CommaJoin :many
-- columns: id NOT NULL (inner), title NOT NULL (inner)
SELECT k.id, t.title FROM tasks k, teams t WHERE t.id = k.team_id;

-- name: ChainOfLeftJoins :many
-- columns: id NOT NULL (kept), title NULL (first join), name NULL (second join)
SELECT k.id, t.title, p.name
FROM tasks k LEFT JOIN teams t ON t.id = k.team_id LEFT JOIN people p ON p.nick = t.mascot;

-- name: LeftThenRight :many
-- columns: id NULL (left of the RIGHT JOIN), title NULL (left of the RIGHT JOIN), name NOT NULL (kept)
SELECT k.id, t.title, p.name
FROM tasks k LEFT JOIN teams t ON t.id = k.team_id RIGHT JOIN people p ON p.id = k.points;

-- name: LeftThenInner :many
-- columns: title NOT NULL (the inner join needs a team), name NOT NULL (inner)
SELECT t.title, p.name
FROM tasks k LEFT JOIN teams t ON t.id = k.team_id JOIN people p ON p.id = t.lead_id;

-- name: LeftThenLooseInner :many
-- columns: title NULL (the condition also holds without a team), name NOT NULL (inner)
SELECT t.title, p.name
FROM tasks k LEFT JOIN teams t ON t.id = k.team_id JOIN people p ON p.id = coalesce(t.lead_id, 1);

-- name: NestedJoinOnTheRight :many
-- columns: id NOT NULL (kept), title NULL (whole right side), name NULL (whole right side)
SELECT k.id, t.title, p.name
FROM tasks k LEFT JOIN (teams t JOIN people p ON p.id = t.lead_id) ON t.id = k.team_id;

-- name: InnerInsideOuter :many
-- columns: boss NULL (no match), task NULL (the join below needs a boss)
SELECT b.name AS boss, k.title AS task
FROM people p LEFT JOIN (people b JOIN tasks k ON k.points = b.id) ON b.id = p.boss_id;

-- name: UsingInner :many
-- columns: team_id NOT NULL (equal on both sides), points NULL (none)
SELECT team_id, k.points FROM tasks k JOIN members m USING (team_id);

-- name: UsingLeft :many
-- columns: team_id NULL (the left column), joined NULL (no match)
SELECT team_id, m.joined FROM tasks k LEFT JOIN members m USING (team_id);

-- name: UsingLeftOfKey :many
-- columns: id NOT NULL (the left column), title NULL (no match)
SELECT id, t.title FROM people p LEFT JOIN teams t USING (id);

-- name: UsingRight :many
-- columns: id NOT NULL (the right column), name NULL (no match)
SELECT id, p.name FROM people p RIGHT JOIN teams t USING (id);

-- name: UsingFull :many
-- columns: id NOT NULL (one side is always there), name NULL (no match), title NULL (no match)
SELECT id, p.name, t.title FROM people p FULL JOIN teams t USING (id);

-- name: UsingFullNullable :many
-- columns: team_id NULL (NULL on one side)
SELECT team_id FROM tasks FULL JOIN members USING (team_id);

-- name: NaturalJoin :many
-- columns: team_id NOT NULL (equal), person_id NOT NULL (equal), standing NULL (none)
SELECT team_id, person_id, standing FROM loose NATURAL JOIN members;

-- name: JoinAlias :many
-- columns: id NOT NULL (kept), mascot NULL (no match)
SELECT j.id, j.mascot FROM (people p LEFT JOIN teams t USING (id)) AS j;

-- name: JoinAliasNarrowed :many
-- columns: title NOT NULL (the same side as the column tested)
SELECT j.title FROM (people p LEFT JOIN teams t USING (id)) AS j WHERE j.mascot IS NOT NULL;

-- name: LeftJoinSubquery :many
-- columns: id NOT NULL (kept), total NULL (no match), n NULL (no match)
SELECT t.id, s.total, s.n FROM teams t
LEFT JOIN (SELECT team_id, sum(price) AS total, count(*) AS n FROM tasks GROUP BY team_id) s
ON s.team_id = t.id;

-- name: LeftJoinLateralAggregate :many
-- columns: id NOT NULL (kept), n NOT NULL (an aggregate always gives a row), latest NULL (no rows)
SELECT t.id, s.n, s.latest FROM teams t
LEFT JOIN LATERAL (
    SELECT count(*) AS n, max(k.created_at) AS latest FROM tasks k WHERE k.team_id = t.id
) s ON true;

-- name: LeftJoinLateralAggregateOn :many
-- columns: n NULL (the condition may fail)
SELECT s.n FROM teams t
LEFT JOIN LATERAL (SELECT count(*) AS n FROM tasks k WHERE k.team_id = t.id) s ON s.n > 1;

-- name: LeftJoinLateralLimit :many
-- columns: title NULL (no row)
SELECT s.title FROM teams t
LEFT JOIN LATERAL (SELECT k.title FROM tasks k WHERE k.team_id = t.id LIMIT 1) s ON true;

-- name: CrossJoinLateral :many
-- columns: title NOT NULL (inner)
SELECT s.title FROM teams t
CROSS JOIN LATERAL (SELECT k.title FROM tasks k WHERE k.team_id = t.id LIMIT 1) s;

-- name: LeftJoinFunction :many
-- columns: id NOT NULL (kept), n NULL (no match)
SELECT t.id, g.n FROM teams t LEFT JOIN generate_series(1, 2) AS g (n) ON g.n = t.id;

-- name: LeftJoinValues :many
-- columns: id NOT NULL (kept), word NULL (no match)
SELECT t.id, v.word FROM teams t LEFT JOIN (VALUES (1, 'one'), (2, 'two')) AS v (n, word) ON v.n = t.id;

-- name: NulledWholeRow :many
-- columns: t NULL (no match)
SELECT t FROM tasks k LEFT JOIN teams t ON t.id = k.team_id;

-- name: NulledSystemColumn :many
-- columns: ctid NULL (no match)
SELECT t.ctid FROM tasks k LEFT JOIN teams t ON t.id = k.team_id;

-- name: SelfJoin :many
-- columns: name NOT NULL (kept), boss NULL (no boss)
SELECT p.name, b.name AS boss FROM people p LEFT JOIN people b ON b.id = p.boss_id;

-- name: CoalescedJoin :many
-- columns: title NOT NULL (a constant stands in)
SELECT coalesce(t.title, 'none') AS title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id;

-- name: OnFalse :many
-- columns: id NOT NULL (kept), title NULL (never a match)
SELECT k.id, t.title FROM tasks k LEFT JOIN teams t ON false;

-- name: ExistenceFlag :many
-- columns: found NOT NULL (a test for NULL)
SELECT t.id IS NOT NULL AS found FROM tasks k LEFT JOIN teams t ON t.id = k.team_id;

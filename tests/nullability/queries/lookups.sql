-- Rows that are sure to find others, or themselves.

-- name: FullJoinCoalesced :many
-- columns: id NOT NULL (a row of one side at least), name NULL (a team only), title NULL (a person only)
SELECT coalesce(p.id, t.id) AS id, p.name, t.title FROM people p FULL JOIN teams t ON t.id = p.id;

-- name: FullJoinCoalescedNullable :many
-- columns: nick NULL (a row of one side whose value is NULL)
SELECT coalesce(p.nick, t.mascot) AS nick FROM people p FULL JOIN teams t ON t.id = p.id;

-- name: FullJoinEitherCompared :many
-- columns: nick NOT NULL (one of the two was compared)
SELECT coalesce(p.nick, t.mascot) AS nick FROM people p FULL JOIN teams t ON t.id = p.id WHERE p.nick >= '' OR t.mascot >= '';

-- name: FullJoinAlongKey :many
-- columns: team NULL (a person who leads none), leader NOT NULL (every team has one)
SELECT t.id AS team, p.id AS leader FROM teams t FULL JOIN people p ON p.id = t.lead_id;

-- name: FullJoinAlongNullableKey :many
-- columns: team NULL (a person who is no deputy), deputy NULL (a team without one)
SELECT t.id AS team, p.id AS deputy FROM teams t FULL JOIN people p ON p.id = t.deputy_id;

-- name: RightJoinAlongKey :many
-- columns: name NOT NULL (every team has a leader), title NOT NULL (constraint)
SELECT p.name, t.title FROM people p RIGHT JOIN teams t ON t.lead_id = p.id;

-- name: OwnRow :many
-- columns: again NOT NULL (a row finds itself)
SELECT b.name AS again FROM people a LEFT JOIN people b ON b.id = a.id;

-- name: OwnRowByNullable :many
-- columns: again NULL (NULL finds nothing), known NOT NULL (a row that has one finds itself)
SELECT b.nick AS again, (SELECT max(c.nick) FROM people c WHERE c.nick = a.nick) IS NULL AS known
FROM people a LEFT JOIN people b ON b.nick = a.nick;

-- name: OwnRowByNullableTested :many
-- columns: again NOT NULL (a row that has one finds itself)
SELECT b.nick AS again FROM people a LEFT JOIN people b ON b.nick = a.nick WHERE a.nick IS NOT NULL;

-- name: OwnRowFiltered :many
-- columns: again NULL (another condition)
SELECT b.name AS again FROM people a LEFT JOIN people b ON b.id = a.id AND b.active;

-- name: OwnRowSubquery :many
-- columns: again NOT NULL (a row finds itself), boss NULL (not everybody has one)
SELECT (SELECT b.name FROM people b WHERE b.id = a.id) AS again, (SELECT b.name FROM people b WHERE b.id = a.boss_id) AS boss
FROM people a;

-- name: KeyIntoSubquery :many
-- columns: name NOT NULL (the subquery leaves nobody out), other NULL (this one does)
SELECT s.name, o.name AS other
FROM teams t
LEFT JOIN (SELECT id, name FROM people) s ON s.id = t.lead_id
LEFT JOIN (SELECT id, name FROM people WHERE active) o ON o.id = t.lead_id;

-- name: KeyFromCte :many
-- columns: name NOT NULL (the rows are those of the table)
WITH t AS (SELECT id, lead_id FROM teams WHERE mascot IS NULL) SELECT p.name FROM t LEFT JOIN people p ON p.id = t.lead_id;

-- name: KeyFromLimited :many
-- columns: name NULL (a limit leaves people out)
SELECT s.name FROM teams t LEFT JOIN (SELECT id, name FROM people LIMIT 1) s ON s.id = t.lead_id;

-- name: KeyNotEnforced :many
-- columns: title NULL (nobody keeps the key), name NOT NULL (this one is kept)
SELECT t.title, p.name FROM unkept u LEFT JOIN teams t ON t.id = u.team_id LEFT JOIN people p ON p.id = u.person_id;

-- name: KeyUnwatched :many
-- columns: name NULL (the triggers that keep the key are disabled)
SELECT p.name FROM unwatched u LEFT JOIN people p ON p.id = u.person_id;

-- name: KeyAndTrigger :many
-- columns: follower NULL? (a trigger that refuses to follow an update can break it), plain NOT NULL (no update has to be followed)
SELECT f.name AS follower, p.name AS plain FROM stubborn s LEFT JOIN people f ON f.id = s.follows LEFT JOIN people p ON p.id = s.plain;

-- name: CteNarrowed :many
-- columns: name NOT NULL (its row is there)
WITH c AS (SELECT t.title, p.id AS person, p.name FROM teams t LEFT JOIN people p ON p.id = t.deputy_id)
SELECT name FROM c WHERE person > 0;

-- name: CteNotNarrowed :many
-- columns: name NULL (its row may be absent)
WITH c AS (SELECT t.title, p.id AS person, p.name FROM teams t LEFT JOIN people p ON p.id = t.deputy_id)
SELECT name FROM c WHERE title > '';

-- name: CteNarrowedByJoin :many
-- columns: name NOT NULL (the join needs the person)
WITH c AS (SELECT t.title, p.id AS person, p.name FROM teams t LEFT JOIN people p ON p.id = t.deputy_id)
SELECT c.name FROM c JOIN members m ON m.person_id = c.person;

-- name: UnionNarrowed :many
-- columns: name NOT NULL (in both arms it comes with the person)
SELECT s.name
FROM (SELECT p.id AS person, p.name FROM teams t LEFT JOIN people p ON p.id = t.deputy_id
      UNION ALL SELECT p.id, p.nick || p.name FROM teams t LEFT JOIN people p ON p.id = t.deputy_id WHERE p.nick >= '') s
WHERE s.person IS NOT NULL;

-- name: GroupNarrowed :many
-- columns: points NOT NULL (tested), most NOT NULL (tested)
SELECT s.points, s.most FROM (SELECT points, max(discount) AS most FROM tasks GROUP BY points) s WHERE s.most >= 0 AND s.points >= 0;

-- name: WindowNarrowed :many
-- columns: most NOT NULL (the frame holds the row), first NULL (of another row)
SELECT s.most, s.first
FROM (SELECT points, max(points) OVER (PARTITION BY team_id) AS most, first_value(points) OVER (ORDER BY points NULLS FIRST) AS first FROM tasks) s
WHERE s.points IS NOT NULL;

-- name: CaseAroundWindow :many
-- columns: most NOT NULL (the frame holds the row, which has one), last NULL (of another row)
SELECT CASE WHEN points IS NOT NULL THEN max(points) OVER () ELSE 0 END AS most,
       CASE WHEN points IS NOT NULL THEN last_value(points) OVER (ORDER BY done) ELSE 0 END AS last
FROM tasks;

-- name: LookedUpThroughTwo :many
-- columns: boss NOT NULL (each has a row), far NULL (the second may have none), other NULL (conditions of its own), kept NOT NULL (the outer join keeps the row)
SELECT (SELECT p.name FROM teams t JOIN people p ON p.id = t.lead_id WHERE t.id = m.team_id) AS boss,
       (SELECT p.name FROM teams t JOIN people p ON p.id = t.deputy_id WHERE t.id = m.team_id) AS far,
       (SELECT p.name FROM teams t JOIN people p ON p.id = t.lead_id AND p.active WHERE t.id = m.team_id) AS other,
       (SELECT t.title FROM teams t LEFT JOIN people p ON p.id = t.deputy_id WHERE t.id = m.team_id) AS kept
FROM members m;

-- name: LookedUpUnderExists :many
-- columns: first NOT NULL (EXISTS has found one), standing NULL (a row without), late NULL (a further condition), second NULL (there may be one only), greatest NOT NULL (a group of what is found)
SELECT (SELECT m.joined FROM members m WHERE m.team_id = t.id ORDER BY person_id LIMIT 1) AS first,
       (SELECT m.standing FROM members m WHERE m.team_id = t.id ORDER BY person_id LIMIT 1) AS standing,
       (SELECT m.joined FROM members m WHERE m.team_id = t.id AND m.standing = 'head' LIMIT 1) AS late,
       (SELECT m.joined FROM members m WHERE m.team_id = t.id LIMIT 1 OFFSET 1) AS second,
       (SELECT max(m.joined) FROM members m WHERE m.team_id = t.id) AS greatest
FROM teams t WHERE EXISTS (SELECT FROM members m WHERE m.team_id = t.id);

-- name: LookedUpInCaseOfExists :many
-- columns: a NOT NULL (EXISTS has found one), b NULL (EXISTS has found none), c NULL (perhaps not)
SELECT CASE WHEN EXISTS (SELECT FROM members m WHERE m.team_id = t.id)
            THEN (SELECT m.joined FROM members m WHERE m.team_id = t.id LIMIT 1) ELSE current_date END AS a,
       CASE WHEN EXISTS (SELECT FROM members m WHERE m.team_id = t.id) THEN current_date
            ELSE (SELECT m.joined FROM members m WHERE m.team_id = t.id LIMIT 1) END AS b,
       (SELECT m.joined FROM members m WHERE m.team_id = t.id LIMIT 1) AS c
FROM teams t;

-- name: LookedUpInAList :many
-- columns: name NOT NULL (the key of the row itself, and that of its team), other NULL (only active ones), away NULL (a team without a deputy), loose NULL (joined with all)
SELECT (SELECT p.name FROM people p, teams o WHERE o.id = t.id AND p.id = o.lead_id) AS name,
       (SELECT p.name FROM people p, teams o WHERE o.id = t.id AND p.id = o.lead_id AND p.active) AS other,
       (SELECT p.name FROM people p, teams o WHERE o.id = t.id AND p.id = o.deputy_id) AS away,
       (SELECT min(p.name) FROM notes n, teams o, people p WHERE o.id = t.id AND p.id = o.lead_id) AS loose
FROM teams t;

-- name: LookedUpInALongerList :many
-- columns: name NOT NULL (from key to key), gone NULL (to a deputy)
SELECT (SELECT p.name FROM teams o, members k, people p WHERE k.team_id = m.team_id AND k.person_id = m.person_id AND p.id = o.lead_id AND o.id = k.team_id) AS name,
       (SELECT p.name FROM teams o, people p WHERE o.id = m.team_id AND p.id = o.deputy_id) AS gone
FROM members m;

-- name: LookedUpFirst :many
-- columns: name NOT NULL (LIMIT leaves the one row), none NULL (LIMIT 0 does not), later NULL (it is passed over), given NULL (so may it be)
SELECT (SELECT p.name FROM people p WHERE p.id = t.lead_id LIMIT 1) AS name,
       (SELECT p.name FROM people p WHERE p.id = t.lead_id LIMIT 0) AS none,
       (SELECT p.name FROM people p WHERE p.id = t.lead_id OFFSET 1) AS later,
       (SELECT p.name FROM people p WHERE p.id = t.lead_id LIMIT @most::int) AS given
FROM teams t;

-- name: LookedUpInASubquery :many
-- columns: leader NOT NULL (a subquery leaves nobody out), first NOT NULL (nor does LIMIT 1), named NOT NULL (nor WITH), deputy NULL (there may be none), active NULL (another condition), other NULL (another one outside), none NULL (LIMIT 0)
SELECT (SELECT to_json(x) FROM (SELECT p.id, p.name FROM people p WHERE p.id = t.lead_id) x) AS leader,
       (SELECT x.name FROM (SELECT p.name FROM people p WHERE p.id = t.lead_id LIMIT 1) x) AS first,
       (WITH x AS (SELECT p.name FROM people p WHERE p.id = t.lead_id) SELECT x.name FROM x) AS named,
       (SELECT x.name FROM (SELECT p.name FROM people p WHERE p.id = t.deputy_id) x) AS deputy,
       (SELECT x.name FROM (SELECT p.name FROM people p WHERE p.id = t.lead_id AND p.active) x) AS active,
       (SELECT x.name FROM (SELECT p.name, p.active FROM people p WHERE p.id = t.lead_id) x WHERE x.active) AS other,
       (SELECT x.name FROM (SELECT p.name FROM people p WHERE p.id = t.lead_id LIMIT 0) x) AS none
FROM teams t;

-- name: LookedUpLaterally :many
-- columns: leader NOT NULL (every team has one), first NOT NULL (LIMIT 1 leaves it), boss NULL (not everybody has one), beside NULL (the join has a condition of its own)
SELECT l.name AS leader, f.name AS first, b.name AS boss, c.name AS beside
FROM teams t
LEFT JOIN LATERAL (SELECT p.name, p.boss_id, p.active FROM people p WHERE p.id = t.lead_id) l ON true
LEFT JOIN LATERAL (SELECT p.name FROM people p WHERE p.id = t.lead_id LIMIT 1) f ON true
LEFT JOIN LATERAL (SELECT p.name FROM people p WHERE p.id = l.boss_id) b ON true
LEFT JOIN LATERAL (SELECT p.name FROM people p WHERE p.id = t.lead_id) c ON l.active;

-- name: LookedUpLaterallyOfNulledRow :many
-- columns: title NULL (no team), leader NULL (no team, so no leader)
SELECT t.title, l.name AS leader
FROM tasks k LEFT JOIN teams t ON t.id = k.team_id
LEFT JOIN LATERAL (SELECT p.name FROM people p WHERE p.id = t.lead_id) l ON true;

-- name: LookedUpLaterallyOfTestedRow :many
-- columns: leader NOT NULL (with a team there is a leader), deputy NOT NULL (the referring column was tested)
SELECT l.name AS leader, d.name AS deputy
FROM tasks k LEFT JOIN teams t ON t.id = k.team_id
LEFT JOIN LATERAL (SELECT p.name FROM people p WHERE p.id = t.lead_id) l ON true
LEFT JOIN LATERAL (SELECT p.name FROM people p WHERE p.id = t.deputy_id) d ON true
WHERE t.deputy_id IS NOT NULL;

-- name: LookedUpLaterallyLocked :many
-- columns: leader NULL? (a locked row may be newer than its match)
SELECT l.name AS leader FROM teams t
LEFT JOIN LATERAL (SELECT p.name FROM people p WHERE p.id = t.lead_id) l ON true FOR UPDATE OF t;

-- name: GroupUnderExists :many
-- columns: a NOT NULL (IN has found one), b NULL (a row without), c NULL (a further condition), d NULL (HAVING may leave it out), e NOT NULL (the sides exchanged), f NOT NULL (IN has found one)
SELECT (SELECT max(m.joined) FROM members m WHERE m.team_id = t.id) AS a, (SELECT max(m.standing) FROM members m WHERE m.team_id = t.id) AS b,
       (SELECT max(m.joined) FROM members m WHERE m.team_id = t.id AND m.standing = 'head') AS c,
       (SELECT max(m.joined) FROM members m WHERE m.team_id = t.id HAVING count(*) > 1) AS d,
       (SELECT min(m.joined) FROM members m WHERE t.id = m.team_id) AS e, (SELECT m.joined FROM members m WHERE m.team_id = t.id LIMIT 1) AS f
FROM teams t WHERE t.id IN (SELECT team_id FROM members);

-- name: GroupUnderOtherExists :many
-- columns: a NULL (of another team), b NULL (of none)
SELECT (SELECT max(m.joined) FROM members m WHERE m.team_id = t.id) AS a,
       (SELECT max(m.joined) FROM members m WHERE m.team_id = t.id AND m.person_id = t.deputy_id) AS b
FROM teams t WHERE t.lead_id IN (SELECT team_id FROM members);

-- name: GroupAlongKey :many
-- columns: name NOT NULL (the leader is there), deputy NULL (perhaps none), known NOT NULL (tested)
SELECT (SELECT max(p.name) FROM people p WHERE p.id = t.lead_id) AS name, (SELECT max(p.name) FROM people p WHERE p.id = t.deputy_id) AS deputy,
       CASE WHEN deputy_id IS NULL THEN '-' ELSE (SELECT max(p.name) FROM people p WHERE p.id = t.deputy_id) END AS known
FROM teams t;

-- name: GroupBesideUnderExists :many
-- columns: joined NOT NULL (EXISTS has found one), standing NULL (a row without)
SELECT l.joined, l.standing
FROM teams t LEFT JOIN LATERAL (SELECT max(m.joined) AS joined, max(m.standing) AS standing FROM members m WHERE m.team_id = t.id) l ON true
WHERE EXISTS (SELECT FROM members m WHERE m.team_id = t.id);

-- name: GroupUnderExistsLocked :many
-- columns: joined NULL? (EXISTS was asked of an older version)
SELECT (SELECT max(m.joined) FROM members m WHERE m.team_id = t.id) AS joined
FROM teams t WHERE t.id IN (SELECT team_id FROM members) FOR UPDATE;

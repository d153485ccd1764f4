-- Where a foreign key promises a match, and where it does not.

-- name: KeyNotNull :many
-- columns: title NOT NULL (constraint), name NOT NULL (the referring column is NOT NULL), nick NULL (none)
SELECT t.title, p.name, p.nick FROM teams t LEFT JOIN people p ON p.id = t.lead_id;

-- name: KeyNullable :many
-- columns: name NULL (the referring column may be NULL)
SELECT p.name FROM teams t LEFT JOIN people p ON p.id = t.deputy_id;

-- name: KeyNarrowed :many
-- columns: name NOT NULL (the referring column was tested)
SELECT p.name FROM teams t LEFT JOIN people p ON p.id = t.deputy_id WHERE t.deputy_id IS NOT NULL;

-- name: KeyTurnedRound :many
-- columns: name NOT NULL (inner or not), title NULL (people need no team)
SELECT p.name, t.title FROM people p LEFT JOIN teams t ON t.lead_id = p.id;

-- name: KeyWithMore :many
-- columns: name NULL (the further condition may fail)
SELECT p.name FROM teams t LEFT JOIN people p ON p.id = t.lead_id AND p.active;

-- name: KeyOfNulledRow :many
-- columns: title NULL (no team), name NULL (no team, so no lead)
SELECT t.title, p.name FROM tasks k LEFT JOIN teams t ON t.id = k.team_id
LEFT JOIN people p ON p.id = t.lead_id;

-- name: KeyOfNulledRowNarrowed :many
-- columns: name NOT NULL (with a team there is a lead)
SELECT p.name FROM tasks k LEFT JOIN teams t ON t.id = k.team_id
LEFT JOIN people p ON p.id = t.lead_id WHERE t.id IS NOT NULL;

-- name: DeferrableKey :many
-- columns: title NULL (a deferrable key may be broken within a transaction)
SELECT t.title FROM loose l LEFT JOIN teams t ON t.id = l.team_id;

-- name: UnvalidatedKey :many
-- columns: name NULL? (NOT VALID says nothing of older rows)
SELECT p.name FROM loose l LEFT JOIN people p ON p.id = l.person_id;

-- name: KeyInASubquery :many
-- columns: lead NOT NULL (exactly one row is found), deputy NULL (may refer to none)
SELECT (SELECT p.name FROM people p WHERE p.id = t.lead_id) AS lead,
       (SELECT p.name FROM people p WHERE p.id = t.deputy_id) AS deputy
FROM teams t;

-- name: KeySampled :many
-- columns: name NULL (a sample leaves rows out)
SELECT p.name FROM teams t LEFT JOIN people p TABLESAMPLE BERNOULLI (40) ON p.id = t.lead_id;

-- name: KeyLocked :many
-- columns: name NULL? (a locked row may be newer than its match)
SELECT p.name FROM teams t LEFT JOIN people p ON p.id = t.lead_id FOR UPDATE OF t;

-- name: KeyOfMembers :many
-- columns: title NOT NULL (the key is part of the primary key), name NOT NULL (likewise)
SELECT t.title, p.name FROM members m
LEFT JOIN teams t ON t.id = m.team_id LEFT JOIN people p ON p.id = m.person_id;

-- name: KeyNoLongerEnforced :many
-- columns: title NULL (NOT ENFORCED since), name NOT NULL (enforced again)
SELECT t.title, p.name FROM relaxed r
LEFT JOIN teams t ON t.id = r.team_id LEFT JOIN people p ON p.id = r.person_id;

-- name: KeyThroughView :many
-- columns: boss NOT NULL (one snapshot)
SELECT boss FROM staff_with_boss;

-- name: KeyThroughLockedView :many
-- columns: boss NULL? (a locked row may be newer than its match)
SELECT boss FROM staff_with_boss FOR UPDATE;

-- name: KeyThroughLockedSubquery :many
-- columns: boss NULL? (FOR SHARE locks what the subquery reads)
SELECT boss FROM (SELECT s.id, (SELECT b.name FROM staff b WHERE b.id = s.boss_id) AS boss
                  FROM staff s) x FOR SHARE;

-- name: KeyThroughUnlockedQuery :many
-- columns: boss NOT NULL (a WITH query is not locked)
WITH x AS (SELECT b.name AS boss FROM staff s LEFT JOIN staff b ON b.id = s.boss_id)
SELECT x.boss FROM x, tasks k FOR UPDATE;

-- name: KeyThroughWrittenView :one
-- columns: boss NULL (the snapshot does not hold the row that is inserted)
INSERT INTO staff_with_boss (id, boss_id, name) VALUES (-50, -50, 'self') RETURNING boss;

-- name: KeyThroughUpdatedView :many
-- columns: boss NULL (the row is newer than the snapshot)
WITH added AS (INSERT INTO staff VALUES (-51, -51, 'new') RETURNING id)
UPDATE staff_with_boss v SET boss_id = -51 FROM added RETURNING v.boss;

-- name: KeyOfAReadBesideAWrite :many
-- columns: boss NOT NULL (what is read is as before the statement)
WITH added AS (INSERT INTO staff VALUES (-52, -52, 'new') RETURNING id)
SELECT b.name AS boss FROM staff s LEFT JOIN staff b ON b.id = s.boss_id;

-- name: KeyInAFunction :many
-- columns: boss_names NOT NULL (a statement of its own)
SELECT boss_names();

-- name: KeyInAFunctionAmidAWrite :many
-- columns: boss_names NULL? (what it reads is half written)
WITH added AS (INSERT INTO staff VALUES (-53, -53, 'new') RETURNING id)
SELECT boss_names() FROM added;

-- name: KeyWatchedAgain :many
-- columns: name NULL (what came in unchecked stays)
SELECT p.name FROM rewatched r LEFT JOIN people p ON p.id = r.person_id;

-- name: KeyThroughAKey :many
-- columns: id NOT NULL (key), label NOT NULL (the plot has an owner)
SELECT p.id, o.label FROM plants p LEFT JOIN owners o ON o.id = p.owner_id;

-- name: KeyThroughAPartialKey :many
-- columns: id NOT NULL (key), label NULL (without a plot nobody looks)
SELECT s.id, o.label FROM seeds s LEFT JOIN owners o ON o.id = s.owner_id;

-- name: KeyThroughAnotherColumn :many
-- columns: id NOT NULL (key), label NULL (a plot's number is no owner's)
SELECT p.id, o.label FROM plants p LEFT JOIN owners o ON o.id = p.plot_id;

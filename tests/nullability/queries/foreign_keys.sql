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

-- RETURNING.

-- name: InsertReturning :one
-- columns: id NOT NULL (key), title NOT NULL (constraint), body NULL (an optional parameter), points NOT NULL (a constant), due NULL (left out), created_at NOT NULL (constraint), noted_at NOT NULL (its default)
INSERT INTO tasks (id, title, body, price, points) VALUES ($1, $2, $3, $4, 5)
RETURNING id, title, body, points, due, created_at, noted_at;

-- name: InsertRequired :one
-- columns: body NOT NULL (computed from what is not NULL), discount NULL (an optional parameter)
INSERT INTO tasks (id, title, body, price, discount) VALUES ($1, $2, upper($2), $3, $4) RETURNING body, discount;

-- name: InsertSeveral :many
-- columns: body NULL (one row), points NOT NULL (every row)
INSERT INTO tasks (id, title, price, body, points) VALUES (901, 'a', 1, 'x', 1), (902, 'b', 1, NULL, 2) RETURNING body, points;

-- name: InsertSelect :many
-- columns: body NOT NULL (of a NOT NULL column), points NULL (of a nullable one)
INSERT INTO tasks (id, title, price, body, points) SELECT id + 500, title, 1, title, deputy_id FROM teams RETURNING body, points;

-- name: InsertDefault :many
-- columns: points NULL (no default), noted_at NOT NULL (its default)
INSERT INTO tasks (id, title, price, points, noted_at) VALUES (903, 'a', 1, DEFAULT, DEFAULT) RETURNING points, noted_at;

-- name: InsertIntoTriggered :many
-- columns: id NOT NULL (key), author NULL (a trigger changes it)
INSERT INTO drafts (id, author) VALUES (904, 'me') RETURNING id, author;

-- name: Upsert :one
-- columns: mascot NULL (an existing row keeps its own), title NOT NULL (constraint)
INSERT INTO teams (id, title, lead_id, mascot) SELECT 1, 'a', p.id, 'owl' FROM people p ORDER BY p.id LIMIT 1
ON CONFLICT (id) DO UPDATE SET title = teams.title RETURNING mascot, title;

-- name: UpsertAssigned :one
-- columns: mascot NOT NULL (either way)
INSERT INTO teams (id, title, lead_id, mascot) SELECT 1, 'a', p.id, 'owl' FROM people p ORDER BY p.id LIMIT 1
ON CONFLICT (id) DO UPDATE SET mascot = excluded.mascot RETURNING mascot;

-- name: UpsertOld :one
-- columns: was NULL (a new row has no old one), is NOT NULL (constraint)
INSERT INTO teams (id, title, lead_id) SELECT 1, 'a', p.id FROM people p ORDER BY p.id LIMIT 1
ON CONFLICT (id) DO UPDATE SET mascot = NULL RETURNING old.title AS was, new.title AS is;

-- name: UpdateAssigned :many
-- columns: points NOT NULL (a constant), body NULL (assigned NULL), due NULL (not changed)
UPDATE tasks SET points = 3, body = NULL RETURNING points, body, due;

-- name: UpdateWhere :many
-- columns: due NOT NULL (tested, and not changed), points NULL (tested, then changed), noted_at NULL (not tested)
UPDATE tasks SET points = discount WHERE due IS NOT NULL AND points IS NOT NULL RETURNING due, points, noted_at;

-- name: UpdateFromOwn :many
-- columns: points NOT NULL (made of what was tested), discount NULL (made of what was not)
UPDATE tasks SET points = points + 1, discount = discount * 2 WHERE points > 0 RETURNING points, discount;

-- name: UpdateGenerated :many
-- columns: nick_length NULL (made of what was changed)
UPDATE people SET nick = NULL WHERE nick_length IS NOT NULL RETURNING nick_length;

-- name: UpdateOldNew :many
-- columns: was NOT NULL (tested), is NULL (an optional parameter), due NOT NULL (tested, and not changed)
UPDATE tasks SET points = $1 WHERE points > 0 AND due IS NOT NULL RETURNING old.points AS was, new.points AS is, new.due;

-- name: UpdateFromJoin :many
-- columns: id NOT NULL (key), title NOT NULL (inner), mascot NULL (none), name NULL (no match)
UPDATE tasks k SET done = true FROM teams t LEFT JOIN people p ON p.nick = t.mascot WHERE t.id = k.team_id
RETURNING k.id, t.title, t.mascot, p.name;

-- name: UpdateFromSubquery :many
-- columns: points NULL (nothing found)
UPDATE tasks k SET points = (SELECT stars FROM notes n WHERE n.task_id = k.id LIMIT 1) RETURNING points;

-- name: UpdateSeveralAtOnce :many
-- columns: points NOT NULL (a constant), discount NULL (the constant NULL)
UPDATE tasks SET (points, discount) = (1, NULL) RETURNING points, discount;

-- name: UpdateTriggered :many
-- columns: author NULL (a trigger changes it), text_body NULL (a trigger may change anything)
UPDATE drafts SET text_body = 'x' WHERE author IS NOT NULL RETURNING author, text_body;

-- name: DeleteReturning :many
-- columns: points NOT NULL (tested), due NULL (none)
DELETE FROM notes WHERE stars > 0 RETURNING stars AS points, line AS due;

-- name: DeleteUsing :many
-- columns: line NULL (none), title NOT NULL (inner)
DELETE FROM notes n USING tasks k WHERE k.id = n.task_id RETURNING n.line, k.title;

-- name: DeleteOldNew :many
-- columns: was NOT NULL (tested), is NULL (a deleted row has no new one)
DELETE FROM notes WHERE stars > 0 RETURNING old.stars AS was, new.stars AS is;

-- name: InsertInCte :many
-- columns: id NOT NULL (key), mascot NULL (left out)
WITH made AS (INSERT INTO teams (id, title, lead_id) SELECT 905, 'made', p.id FROM people p LIMIT 1 RETURNING id, mascot)
SELECT id, mascot FROM made;

-- name: InsertThroughView :many
-- columns: line NOT NULL (a constant), stars NULL (the view's condition does not filter what is inserted)
INSERT INTO starred_notes (line) VALUES ('x') RETURNING line, stars;

-- name: UpdateThroughView :many
-- columns: name NOT NULL (constraint), nick NULL (changed)
UPDATE nicked_people SET nick = NULL RETURNING name, nick;

-- name: MergeReturning :many
-- columns: action NOT NULL (always), id NOT NULL (key), line NULL (none), source NOT NULL (every action has a source row)
MERGE INTO tasks k USING teams t ON k.id = t.id
WHEN MATCHED THEN UPDATE SET points = 1
WHEN NOT MATCHED THEN INSERT (id, title, price) VALUES (t.id, t.title, 1)
RETURNING merge_action() AS action, k.id, k.body AS line, t.title AS source;

-- name: MergeNotMatchedBySource :many
-- columns: source NULL (no source row), id NOT NULL (key)
MERGE INTO notes n USING teams t ON n.task_id = t.id
WHEN NOT MATCHED BY SOURCE THEN UPDATE SET stars = 1
WHEN MATCHED THEN UPDATE SET stars = 2
RETURNING t.title AS source, n.stars IS NOT NULL AS id;

-- name: MergeOldNew :many
-- columns: was NULL (an inserted row has no old one), is NOT NULL (constraint)
MERGE INTO tasks k USING teams t ON k.id = t.id + 600
WHEN MATCHED THEN UPDATE SET points = 1
WHEN NOT MATCHED THEN INSERT (id, title, price) VALUES (t.id + 600, t.title, 1)
RETURNING old.title AS was, new.title AS is;

-- name: UpdateMovingPartitions :many
-- columns: load NULL (a trigger on the partition it moves to), id NOT NULL (constraint)
UPDATE shelves SET floor = 2, load = 5 RETURNING load, id;

-- name: UpdateMovingPartitionsWhere :many
-- columns: load NULL (a trigger on the partition it moves to), was NOT NULL (tested)
UPDATE shelves SET floor = 2 WHERE load IS NOT NULL RETURNING load, old.load AS was;

-- name: InsertGenerated :many
-- columns: value NOT NULL (a constant), doubled NOT NULL (made of it), safe NOT NULL (a constant stands in), label NOT NULL (its default)
INSERT INTO counters (id, value) VALUES (906, 2) RETURNING value, doubled, safe, label;

-- name: UpdateGeneratedFrom :many
-- columns: doubled NOT NULL (made of what was tested), was NOT NULL (likewise)
UPDATE counters SET label = 'x' WHERE value IS NOT NULL RETURNING doubled, old.doubled AS was;

-- name: UpdateGeneratedAnew :many
-- columns: doubled NULL (made of what was changed), was NOT NULL (tested)
UPDATE counters SET value = NULL WHERE value IS NOT NULL RETURNING doubled, old.value AS was;

-- name: SelectGenerated :many
-- columns: doubled NOT NULL (made of what was tested), safe NOT NULL (a constant stands in)
SELECT doubled, safe FROM counters WHERE value >= 0;

-- name: DefaultOfCopied :many
-- columns: label NULL (the copy has no default)
INSERT INTO counters_like (id, label, safe) VALUES (1, DEFAULT, 1) RETURNING label;

-- name: MergeWritten :many
-- columns: value NOT NULL (either way), label NULL (kept as it is)
MERGE INTO counters c USING people p ON c.id = p.id
WHEN MATCHED THEN UPDATE SET value = 1 WHEN NOT MATCHED THEN INSERT (id, value, label) VALUES (p.id, p.id, p.nick)
RETURNING c.value, c.label;

-- name: MergeWrittenConditionally :many
-- columns: label NOT NULL (tested by its WHEN)
MERGE INTO counters c USING people p ON c.id = p.id WHEN MATCHED AND p.nick IS NOT NULL THEN UPDATE SET label = p.nick RETURNING c.label;

-- name: MergeWrittenOrDeleted :many
-- columns: value NULL (a deleted row has what it had)
MERGE INTO counters c USING people p ON c.id = p.id
WHEN MATCHED AND p.active THEN UPDATE SET value = 1 WHEN MATCHED THEN DELETE RETURNING c.value;

-- name: DeleteThroughView :many
-- columns: stars NOT NULL (the view shows no others), line NULL (none)
DELETE FROM starred_notes RETURNING stars, line;

-- name: UpdateThroughViewUnchanged :many
-- columns: stars NOT NULL (the view shows no others), line NOT NULL (a constant)
UPDATE starred_notes SET line = 'x' RETURNING stars, line;

-- name: UpdateThroughViewOld :many
-- columns: was NOT NULL (the view shows no others), is NULL (an optional parameter)
UPDATE starred_notes SET stars = $1 RETURNING old.stars AS was, new.stars AS is;

-- name: InsertThroughViewValue :many
-- columns: stars NOT NULL (a constant), line NULL (left out)
INSERT INTO starred_notes (stars) VALUES (4) RETURNING stars, line;

-- name: UpdateFromOtherAssigned :many
-- columns: title NOT NULL (assigned), body NULL (the old points may be)
UPDATE tasks SET title = 'a', points = 1, body = points::text RETURNING title, body;

-- name: InsertUnnestedAlone :many
-- columns: line NOT NULL (an element that there is)
INSERT INTO notes (stars, line) VALUES (70, unnest(ARRAY['a'])) RETURNING line;

-- name: InsertUnnestedSideBySide :many
-- columns: line NULL (the shorter array is padded)
INSERT INTO notes (stars, line) VALUES (unnest(ARRAY[70, 71]), unnest(ARRAY['a'])) RETURNING line;

-- name: MergeSourceTested :many
-- columns: nick NOT NULL (each WHEN that acts asks for it), born NULL (one asks), boss_id NULL (a WHEN that does nothing asks)
MERGE INTO counters c USING people p ON c.id = p.id
WHEN MATCHED AND p.boss_id IS NOT NULL THEN DO NOTHING
WHEN MATCHED AND p.nick <> '' AND p.born IS NOT NULL THEN UPDATE SET label = p.nick
WHEN NOT MATCHED AND p.nick IS NOT NULL THEN INSERT (id) VALUES (p.id)
RETURNING p.nick, p.born, p.boss_id;

-- name: MergeSourceTestedOnce :many
-- columns: nick NULL (the other WHEN does not ask)
MERGE INTO counters c USING people p ON c.id = p.id
WHEN MATCHED AND p.nick IS NOT NULL THEN UPDATE SET label = p.nick WHEN NOT MATCHED THEN INSERT (id) VALUES (p.id) RETURNING p.nick;

-- name: MergeSourceJoined :many
-- columns: task_id NOT NULL (ON compares it), stars NULL (none)
MERGE INTO counters c USING notes n ON c.id = n.task_id WHEN MATCHED THEN DELETE RETURNING n.task_id, n.stars;

-- name: MergeSourceJoinedOrNot :many
-- columns: task_id NULL (what has none is not matched)
MERGE INTO counters c USING notes n ON c.id = n.task_id
WHEN MATCHED THEN UPDATE SET value = 1 WHEN NOT MATCHED THEN INSERT (id) VALUES (coalesce(n.task_id, -9)) RETURNING n.task_id;

-- name: MergeSourceAbsent :many
-- columns: nick NULL (no row of the source)
MERGE INTO counters c USING people p ON c.id = p.id AND p.nick IS NOT NULL
WHEN MATCHED AND p.nick <> 'x' THEN UPDATE SET value = 1
WHEN NOT MATCHED BY SOURCE AND c.value IS NOT NULL THEN DELETE RETURNING p.nick;

-- name: MergeTargetTested :many
-- columns: label NULL (what it was tested for is changed), was NOT NULL (the row as it was)
MERGE INTO counters c USING people p ON c.id = p.id
WHEN MATCHED AND c.label IS NOT NULL THEN UPDATE SET label = p.nick RETURNING c.label, old.label AS was;

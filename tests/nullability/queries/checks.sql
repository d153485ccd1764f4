-- What CHECK constraints say of a row besides IS NOT NULL.

-- name: CheckEquivalence :many
-- columns: done_at NOT NULL (the state is done)
SELECT done_at FROM bookings WHERE state = 'done';

-- name: CheckEquivalenceOtherState :many
-- columns: done_at NULL (the state is another)
SELECT done_at FROM bookings WHERE state <> 'done';

-- name: CheckEquivalenceInCase :many
-- columns: day NOT NULL (the state is done), other NULL (it is not)
SELECT CASE WHEN state = 'done' THEN done_at ELSE '2000-01-01'::date END AS day,
       CASE WHEN state = 'done' THEN '2000-01-01'::date ELSE done_at END AS other
FROM bookings;

-- name: CheckEquivalenceInList :many
-- columns: done_at NULL (one state of the list is another)
SELECT done_at FROM bookings WHERE state IN ('done', 'open');

-- name: CheckAlternative :many
-- columns: phone NULL (the other may be there), mail NULL (the other may be there), either NOT NULL (one of them is there)
SELECT phone, mail, coalesce(phone, mail) AS either FROM bookings;

-- name: CheckAlternativeGreatest :many
-- columns: either NOT NULL (one of them is there), joined NULL (either may be NULL)
SELECT greatest(mail, phone) AS either, phone || mail AS joined FROM bookings;

-- name: CheckAlternativeOther :many
-- columns: mail NOT NULL (there is no phone)
SELECT mail FROM bookings WHERE phone IS NULL;

-- name: CheckAlternativeCase :many
-- columns: way NOT NULL (mail where there is no phone), wrong NULL (phone where there is none)
SELECT CASE WHEN phone IS NULL THEN mail ELSE phone END AS way, CASE WHEN phone IS NULL THEN phone ELSE mail END AS wrong
FROM bookings;

-- name: CheckAlternativeAggregated :many
-- columns: latest NOT NULL (a value in every row)
SELECT max(coalesce(mail, phone)) AS latest FROM bookings GROUP BY state;

-- name: CheckAlternativeOuter :many
-- columns: either NULL (no booking), id NOT NULL (constraint)
SELECT coalesce(b.phone, b.mail) AS either, p.id FROM people p LEFT JOIN bookings b ON b.person_id = p.id;

-- name: CheckAlternativeInner :many
-- columns: either NOT NULL (the condition leaves bookings only)
SELECT coalesce(b.phone, b.mail) AS either FROM people p LEFT JOIN bookings b ON b.person_id = p.id WHERE b.id > 0;

-- name: CheckOfNullPasses :many
-- columns: seats NULL (a CHECK that is NULL passes)
SELECT seats FROM bookings;

-- name: CheckImplication :many
-- columns: until NOT NULL (since is there), since NOT NULL (tested)
SELECT until, since FROM bookings WHERE since IS NOT NULL;

-- name: CheckImplicationBackwards :many
-- columns: since NULL (nothing asks for it)
SELECT since FROM bookings WHERE until IS NOT NULL;

-- name: CheckImplicationCompared :many
-- columns: until NOT NULL (since is there)
SELECT until FROM bookings WHERE since > 0;

-- name: CheckOfBoolean :many
-- columns: receipt NOT NULL (it is paid)
SELECT receipt FROM bookings WHERE paid;

-- name: CheckOfNotBoolean :many
-- columns: receipt NULL (it is not paid)
SELECT receipt FROM bookings WHERE NOT paid;

-- name: CheckOfBooleanCase :many
-- columns: a NOT NULL (it is paid), b NULL (it is not)
SELECT CASE WHEN paid THEN receipt ELSE '' END AS a, CASE WHEN paid THEN '' ELSE receipt END AS b FROM bookings;

-- name: CheckInJoin :many
-- columns: done_at NOT NULL (the condition of an inner join)
SELECT b.done_at FROM people p JOIN bookings b ON b.person_id = p.id AND b.state = 'done';

-- name: CheckInOuterJoin :many
-- columns: done_at NULL (no match)
SELECT b.done_at FROM people p LEFT JOIN bookings b ON b.person_id = p.id AND b.state = 'done';

-- name: CheckNotValid :many
-- columns: a NULL? (rows that were there before may have NULL, later ones may not), b NULL? (likewise), c NULL (nobody checks)
SELECT a, b, c FROM promises;

-- name: WhereAlternative :many
-- columns: either NOT NULL (one of them is there), due NULL (points may be)
SELECT coalesce(points::text, due::text) AS either, due FROM tasks WHERE points IS NOT NULL OR due IS NOT NULL;

-- name: WhereAlternativeNegated :many
-- columns: either NOT NULL (they are not both NULL)
SELECT coalesce(body, labels[1]) AS either FROM tasks WHERE NOT (body IS NULL AND labels[1] IS NULL);

-- name: WhereAlternativeExcluded :many
-- columns: points NOT NULL (there is no date)
SELECT points FROM tasks WHERE (points IS NOT NULL OR due IS NOT NULL) AND due IS NULL;

-- name: WhereCoalescedUnlike :many
-- columns: body NOT NULL (it would be the empty text), points NOT NULL (it would be 0)
SELECT body, points FROM tasks WHERE coalesce(body, '') <> '' AND coalesce(points, 0) > 0;

-- name: WhereCoalescedToWhatPasses :many
-- columns: points NULL (0 is less than 5)
SELECT points FROM tasks WHERE coalesce(points, 0) < 5;

-- name: WhereDistinctWhereNull :many
-- columns: points NOT NULL (discount is NULL and they are distinct)
SELECT points FROM tasks WHERE points IS DISTINCT FROM discount AND discount IS NULL;

-- name: WhereNotDistinctFromColumn :many
-- columns: mascot NOT NULL (as the title is)
SELECT mascot FROM teams WHERE mascot IS NOT DISTINCT FROM title;

-- name: WhereNotDistinctFromParameter :many
-- columns: points NULL (as the argument may be)
SELECT points FROM tasks WHERE points IS NOT DISTINCT FROM $1;

-- name: WhereNotDistinctFromValue :many
-- columns: points NOT NULL (as the argument is)
-- @nonnull @points
SELECT points FROM tasks WHERE points IS NOT DISTINCT FROM $1;

-- name: WhereCountedNulls :many
-- columns: points NOT NULL (none of them is NULL), due NOT NULL (none of them is NULL)
SELECT points, due FROM tasks WHERE num_nulls(points, due) = 0;

-- name: WhereOneCounted :many
-- columns: points NULL (the other may be there), either NOT NULL (one of them is)
SELECT points, coalesce(points, parent_id::int) AS either FROM tasks WHERE num_nonnulls(points, parent_id) = 1;

-- name: WhereCase :many
-- columns: points NOT NULL (compared in the branch that is true), body NOT NULL (compared by its result)
SELECT points, body FROM tasks WHERE CASE WHEN points >= 0 THEN body <> '?' ELSE false END;

-- name: WhereCaseOtherBranch :many
-- columns: points NULL (the other branch may be true)
SELECT points FROM tasks WHERE CASE WHEN points > 0 THEN true ELSE done IS NULL END;

-- name: CaseOfCounted :many
-- columns: a NOT NULL (none is NULL), b NULL (some may be)
SELECT CASE WHEN num_nulls(points, parent_id) = 0 THEN points + parent_id ELSE 0 END AS a,
       CASE WHEN num_nulls(points, parent_id) = 1 THEN points ELSE 0 END AS b
FROM tasks;

-- name: CaseBothNull :many
-- columns: a NOT NULL (one of them is there)
SELECT CASE WHEN body IS NULL AND mascot IS NULL THEN '-' ELSE coalesce(body, mascot) END AS a FROM tasks, teams;

-- name: CheckEquivalenceOfWhatIsLeft :many
-- columns: done_at NOT NULL (no other state is left)
SELECT done_at FROM bookings WHERE state NOT IN ('open', 'gone');

-- name: CheckEquivalenceOfWhatMayBeLeft :many
-- columns: done_at NULL (gone is left)
SELECT done_at FROM bookings WHERE state <> 'open';

-- name: CheckEquivalenceDistinct :many
-- columns: done_at NOT NULL (the state is done)
SELECT done_at FROM bookings WHERE state IS NOT DISTINCT FROM 'done';

-- name: CheckOfOtherStates :many
-- columns: closed_on NOT NULL (the state is not open)
SELECT closed_on FROM tickets WHERE state <> 'open';

-- name: CheckOfListedStates :many
-- columns: closed_on NOT NULL (in either state), solved_by NULL (in one of them)
SELECT closed_on, solved_by FROM tickets WHERE state IN ('solved', 'refused');

-- name: CheckOfStatesInOr :many
-- columns: closed_on NOT NULL (in either state)
SELECT closed_on FROM tickets WHERE state = 'solved' OR state = 'refused';

-- name: CheckOfAllStates :many
-- columns: closed_on NULL (one of them is open)
SELECT closed_on FROM tickets WHERE state IN ('solved', 'open');

-- name: CheckOfTheOnlyOther :many
-- columns: solved_by NOT NULL (solved is left)
SELECT solved_by FROM tickets WHERE state <> 'open' AND NOT state = 'refused';

-- name: CheckOfPerhapsNoState :many
-- columns: solved_by NULL (the state may be open)
SELECT solved_by FROM tickets WHERE state IS DISTINCT FROM 'refused';

-- name: CheckAfterCheck :many
-- columns: locked_at NOT NULL (what runs is locked), locked_by NOT NULL (both or neither)
SELECT locked_at, locked_by FROM jobs WHERE state = 'running';

-- name: CheckAfterCheckOfOthers :many
-- columns: locked_at NULL (what waits is not locked), locked_by NULL (both or neither)
SELECT locked_at, locked_by FROM jobs WHERE state = 'waiting';

-- name: ReturningChecked :many
-- columns: closed_on NOT NULL (the state written is not open), solved_by NULL (nobody solves it)
UPDATE tickets SET state = 'refused', solved_by = NULL RETURNING closed_on, solved_by;

-- name: ReturningCheckedAsItWas :many
-- columns: closed_on NULL (open again)
UPDATE tickets SET state = 'open', solved_by = NULL WHERE id > 0 RETURNING closed_on;

-- name: ReturningCheckedCondition :many
-- columns: locked_at NOT NULL (still running), locked_by NOT NULL (both or neither)
UPDATE jobs SET tries = tries + 1 WHERE state = 'running' RETURNING locked_at, locked_by;

-- name: ReturningCheckedOld :many
-- columns: locked_by NULL (it waited before)
UPDATE jobs SET state = 'running', locked_at = now(), locked_by = 'me' RETURNING old.locked_by;

-- name: ReturningCheckedDeleted :many
-- columns: locked_by NOT NULL (it ran)
DELETE FROM jobs WHERE state = 'running' RETURNING locked_by;

-- name: InsertingChecked :many
-- columns: closed_on NOT NULL (the state is not open)
-- parameters: id NOT NULL (a key), closed_on NOT NULL (the constraint refuses NULL)
INSERT INTO tickets (id, state, closed_on) VALUES (@id, 'refused', @closed_on) RETURNING closed_on;

-- name: InsertingUnchecked :many
-- columns: closed_on NULL (the state may be open)
-- parameters: id NOT NULL (a key), closed_on NULL (no constraint refuses it)
INSERT INTO tickets (id, state, closed_on) VALUES (@id, 'open', @closed_on) RETURNING closed_on;

-- name: LockingChecked :many
-- columns: locked_by NOT NULL (both or neither)
-- parameters: worker NOT NULL (the constraint refuses NULL)
UPDATE jobs SET state = 'running', locked_at = now(), locked_by = @worker RETURNING locked_by;

-- name: CheckedValue :many
-- columns: kind NOT NULL (the constraint says so), raw NULL? (-> may give JSON null where ->> gives NULL), upper NOT NULL (of what is there), length NOT NULL (of several in one constraint), words NOT NULL (it has a length), size NULL (or else), later NULL? (NOT VALID), sent NULL? (another time zone, another answer)
SELECT body ->> 'kind' AS kind, body -> 'kind' AS raw, upper(body ->> 'kind') AS upper, array_length(words, 1) AS length, words,
       body ->> 'size' AS size, body ->> 'later' AS later, jsonb_path_query_first_tz(body, '$.sent.datetime()') AS sent
FROM letters;

-- name: CheckedValueInOuterJoin :many
-- columns: kind NULL (no letter)
SELECT l.body ->> 'kind' AS kind FROM teams t LEFT JOIN letters l ON l.team_id = t.id AND l.id > 0;

-- name: CheckedValueGrouped :many
-- columns: kind NOT NULL (every letter has one), last NOT NULL (every group has a letter)
SELECT body ->> 'kind' AS kind, max(body ->> 'kind') AS last FROM letters GROUP BY body ->> 'kind';

-- name: CheckedValueLeftOut :many
-- columns: kind NULL (a grouping set leaves it out)
SELECT body ->> 'kind' AS kind FROM letters GROUP BY ROLLUP (body ->> 'kind');

-- name: CheckedValueReturned :many
-- columns: kind NOT NULL (the new row satisfies the constraint), size NULL (or else)
UPDATE letters SET body = body || '{"other": 1}' WHERE id <> 0 RETURNING body ->> 'kind' AS kind, body ->> 'size' AS size;

-- name: CheckedValueMerged :many
-- columns: kind NOT NULL (the row that is there now), given NULL (what was not matched)
MERGE INTO letters l USING (VALUES (1), (NULL)) AS v (given) ON l.id = v.given
WHEN MATCHED THEN UPDATE SET team_id = NULL
WHEN NOT MATCHED THEN INSERT VALUES (99, '{"kind": "c", "later": "d", "sent": "2020-01-01"}', '{a}')
RETURNING l.body ->> 'kind' AS kind, v.given;

-- name: CheckedOfOneCharacter :many
-- columns: before NOT NULL (the constraint of this one), after NULL (that of another)
SELECT before, after FROM traced WHERE op = 'D';

-- name: CheckedOfFirstCharacter :many
-- columns: before NULL (UU is U)
SELECT before FROM traced WHERE op = 'U';

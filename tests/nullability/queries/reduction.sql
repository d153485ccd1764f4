-- Outer joins that conditions turn into inner ones.

-- name: WhereOnNulledSide :many
-- columns: title NOT NULL (the condition needs a team), mascot NULL (none)
SELECT t.title, t.mascot FROM tasks k LEFT JOIN teams t ON t.id = k.team_id WHERE t.lead_id > 0;

-- name: WhereIsNotNull :many
-- columns: title NOT NULL (the condition needs a team)
SELECT t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id WHERE t.id IS NOT NULL;

-- name: WhereMascot :many
-- columns: title NOT NULL (the condition needs a team), mascot NOT NULL (tested)
SELECT t.title, t.mascot FROM tasks k LEFT JOIN teams t ON t.id = k.team_id
WHERE t.mascot IS NOT NULL;

-- name: WhereIsNull :many
-- columns: title NULL (only rows without a team)
SELECT t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id WHERE t.id IS NULL;

-- name: WhereEitherSide :many
-- columns: title NULL (the other operand can be true)
SELECT t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id WHERE t.lead_id > 0 OR k.done;

-- name: WhereBothOperands :many
-- columns: title NOT NULL (each operand needs a team)
SELECT t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id
WHERE t.lead_id > 0 OR t.mascot = 'owl';

-- name: WhereCoalesced :many
-- columns: title NULL (the condition holds without a team)
SELECT t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id WHERE coalesce(t.lead_id, 1) > 0;

-- name: WhereNot :many
-- columns: title NOT NULL (NOT of a strict comparison is strict)
SELECT t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id WHERE NOT (t.lead_id = 5);

-- name: WhereDistinct :many
-- columns: title NULL (IS DISTINCT FROM is true of NULL)
SELECT t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id WHERE t.lead_id IS DISTINCT FROM 5;

-- name: WhereNotDistinct :many
-- columns: title NOT NULL (the same as a constant)
SELECT t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id
WHERE (t.lead_id > 0) IS NOT DISTINCT FROM true;

-- name: FullToLeft :many
-- columns: id NOT NULL (the condition needs a task), title NULL (no match)
SELECT k.id, t.title FROM tasks k FULL JOIN teams t ON t.id = k.team_id WHERE k.price > 0;

-- name: FullToInner :many
-- columns: id NOT NULL (needed), title NOT NULL (needed)
SELECT k.id, t.title FROM tasks k FULL JOIN teams t ON t.id = k.team_id
WHERE k.price >= 0 AND t.lead_id > 0;

-- name: OnDoesNotFilter :many
-- columns: due NULL (ON of a LEFT JOIN keeps every left row), title NULL (no match)
SELECT k.due, t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id AND k.due IS NOT NULL;

-- name: OnNarrowsTheInnerSide :many
-- columns: mascot NOT NULL (ON of an inner join filters)
SELECT t.mascot FROM tasks k JOIN teams t ON t.id = k.team_id AND t.mascot IS NOT NULL;

-- name: OnNarrowsTheRightSideOnly :many
-- columns: mascot NULL (no match)
SELECT t.mascot FROM tasks k LEFT JOIN teams t ON t.id = k.team_id AND t.mascot IS NOT NULL;

-- name: LaterJoinReduces :many
-- columns: title NOT NULL (the inner join's condition needs it)
SELECT t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id
JOIN notes n ON n.author_id = t.lead_id;

-- name: LaterLeftJoinDoesNot :many
-- columns: title NULL (a LEFT JOIN keeps its left rows)
SELECT t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id
LEFT JOIN notes n ON n.author_id = t.lead_id;

-- name: ReductionThroughAChain :many
-- columns: title NOT NULL (the person was found through the team), name NOT NULL (tested)
SELECT t.title, p.name FROM tasks k LEFT JOIN teams t ON t.id = k.team_id
LEFT JOIN people p ON p.id = t.deputy_id WHERE p.active;

-- name: CommaConditionReduces :many
-- columns: title NOT NULL (the join with notes needs it)
SELECT t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id, notes n
WHERE n.author_id = t.id;

-- name: RowIsNotNull :many
-- columns: title NOT NULL (every column is there), mascot NOT NULL (every column is there)
SELECT t.title, t.mascot FROM tasks k LEFT JOIN teams t ON t.id = k.team_id WHERE t IS NOT NULL;

-- name: RowIsNotAllNull :many
-- columns: title NOT NULL (the row is there), mascot NULL (a column of it may still be NULL)
SELECT t.title, t.mascot FROM tasks k LEFT JOIN teams t ON t.id = k.team_id WHERE NOT (t IS NULL);

-- name: SubqueryNarrowed :many
-- columns: title NOT NULL (tested outside the subquery)
SELECT s.title FROM (
    SELECT k.id, t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id
) s WHERE s.title LIKE '%';

-- name: SubqueryNarrowedElsewhere :many
-- columns: title NOT NULL (of the same side as the column tested), lead_id NOT NULL (tested)
SELECT s.title, s.lead_id FROM (
    SELECT t.title, t.lead_id FROM tasks k LEFT JOIN teams t ON t.id = k.team_id
) s WHERE s.lead_id > 0;

-- name: InListReduces :many
-- columns: title NOT NULL (IN needs a value)
SELECT t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id WHERE t.lead_id % 4 IN (0, 1, 2, 3);

-- name: NotInListReduces :many
-- columns: title NOT NULL (NOT IN of items needs a value)
SELECT t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id WHERE t.lead_id NOT IN (8, 9);

-- name: AnyParameterReduces :many
-- columns: title NOT NULL (one comparison was true)
SELECT t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id WHERE t.lead_id = ANY ($1::int[]);

-- name: AllParameterDoesNot :many
-- columns: title NULL (true for an empty array, whatever is compared)
SELECT t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id WHERE t.lead_id <> ALL ($1::int[]);

-- name: IsTrueReduces :many
-- columns: title NOT NULL (IS TRUE of a comparison)
SELECT t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id WHERE (t.lead_id > 0) IS TRUE;

-- name: IsNotFalseDoesNot :many
-- columns: title NULL (NULL is not false)
SELECT t.title FROM tasks k LEFT JOIN teams t ON t.id = k.team_id WHERE (t.lead_id > 0) IS NOT FALSE;

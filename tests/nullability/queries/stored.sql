-- Views and functions, judged by what they are made of.

-- name: View :many
-- columns: id NOT NULL (through the view), nick NULL (through the view)
SELECT id, nick FROM active_people;

-- name: NarrowedView :many
-- columns: nick NOT NULL (the view's condition)
SELECT nick FROM nicked_people;

-- name: JoinedView :many
-- columns: id NOT NULL (kept), title NOT NULL (kept), head NOT NULL (inner join), deputy NULL (no match)
SELECT id, title, head, deputy FROM team_heads;

-- name: LeftJoinedView :many
-- columns: title NULL (no match)
SELECT h.title FROM tasks k LEFT JOIN team_heads h ON h.id = k.team_id;

-- name: AggregatedView :many
-- columns: team_id NULL (key), tasks NOT NULL (count), points NULL (all may be NULL), price NOT NULL (a group has rows)
SELECT team_id, tasks, points, price FROM team_points;

-- name: MaterializedView :many
-- columns: id NOT NULL (through the view), length NOT NULL (of a value)
SELECT id, length FROM title_lengths;

-- name: FunctionOverAggregate :many
-- columns: n NOT NULL (its query always gives a row)
SELECT team_size(id) AS n FROM teams;

-- name: FunctionThatFindsNothing :many
-- columns: title NULL (nothing found)
SELECT title_of(id) AS title FROM people;

-- name: InlinedFunctions :many
-- columns: a NOT NULL (of a value), b NULL (of NULL), c NOT NULL (a constant stands in), d NULL (strict)
SELECT greeting(name) AS a, greeting(nick) AS b, polite(nick) AS c, strictly(nick) AS d FROM people;

-- name: SetFunctions :many
-- columns: title NOT NULL (of a NOT NULL column), body NULL (of a nullable one)
SELECT t.title, b.body FROM titles() AS t (title), bodies() AS b (body);

-- name: TableFunction :many
-- columns: team NOT NULL (of a NOT NULL column), label NOT NULL (likewise), pet NULL (of a nullable one)
SELECT team, label, pet FROM team_list();

-- name: LeftJoinedTableFunction :many
-- columns: label NULL (no match)
SELECT l.label FROM tasks k LEFT JOIN team_list() l ON l.team = k.team_id;

-- name: ProceduralFunction :many
-- columns: perhaps NULL (its body is not read)
SELECT perhaps(id) FROM teams;

-- name: FunctionWithBody :many
-- columns: first_line NULL (no rows)
SELECT first_line(id) FROM tasks;

-- name: FunctionNoLongerStrict :many
-- columns: points NULL (strict when the view was made)
SELECT points FROM counted_tasks;

-- name: FunctionStrictSince :many
-- columns: points NOT NULL (the view calls it as it is)
SELECT points FROM strengthened_tasks;

-- name: FunctionVolatileSince :many
-- columns: points NULL (called twice, it may give another value)
SELECT points FROM steady_tasks;

-- name: GeneratedByFunctionOfOld :many
-- columns: twice NULL (its function was replaced), thrice NOT NULL (its function is as ever)
SELECT twice, thrice FROM remembered;

-- name: CheckedByFunctionOfOld :many
-- columns: a NULL? (what it was checked by was replaced), b NOT NULL (checked by a function that is as ever)
SELECT a, b FROM remembered;

-- name: ViewOfRowsOfOld :many
-- columns: id NOT NULL (key), note NULL (NOT NULL came later), notes NOT NULL (array)
-- elements: notes NULL (likewise)
SELECT id, note, notes FROM later_early;

-- name: ViewOfRowsSince :many
-- columns: id NOT NULL (key), note NOT NULL (NOT NULL came before), notes NOT NULL (array)
-- elements: notes NOT NULL (likewise)
SELECT id, note, notes FROM later_since;

-- name: NamesFoundAnew :one
-- columns: now NULL (the body finds a function made since), ever NOT NULL (names settled as it was made)
SELECT names_one() AS now, names_it() AS ever;

-- Arrays and functions that return sets.

-- name: Subscripts :many
-- columns: a NULL (out of bounds), b NOT NULL (a slice is an array), c NULL (the array may be)
SELECT scores[1] AS a, scores[1:2] AS b, tags[1:2] AS c FROM people;

-- name: ArrayFunctions :many
-- columns: a NOT NULL (appends to NULL as well), b NULL (both may be), c NOT NULL (one is there), d NULL (not found), e NOT NULL (counts)
SELECT array_append(tags, 'x') AS a, tags || tags AS b, tags || labels AS c, array_position(labels, 'q') AS d, cardinality(labels) AS e
FROM people, tasks;

-- name: ArrayToText :many
-- columns: a NOT NULL (skips NULLs), b NULL (of NULL), c NOT NULL (pieces)
SELECT array_to_string(labels, ',') AS a, array_to_string(tags, ',') AS b, string_to_array(name, ' ') AS c FROM people, tasks;

-- name: UnnestColumn :many
-- columns: label NULL (an element may be)
SELECT unnest(labels) AS label FROM tasks;

-- name: UnnestInFrom :many
-- columns: id NOT NULL (constraint), label NULL (an element may be), place NOT NULL (counts)
SELECT k.id, u.label, u.place FROM tasks k, unnest(k.labels) WITH ORDINALITY AS u (label, place);

-- name: UnnestOfConstructed :many
-- columns: n NOT NULL (no element is NULL), m NULL (one may be)
SELECT u.n, v.m FROM tasks, unnest(ARRAY[id, 5]) AS u (n), unnest(ARRAY[points, 5]) AS v (m);

-- name: UnnestParameter :many
-- columns: n NOT NULL (an argument's elements are not NULL)
SELECT n FROM unnest($1::int[]) AS u (n);

-- name: UnnestTwoParameters :many
-- columns: a NULL (the shorter is padded), b NULL (the shorter is padded)
SELECT u.a, u.b FROM unnest($1::int[], $2::int[]) AS u (a, b);

-- name: UnnestSplit :many
-- columns: word NOT NULL (pieces of text)
SELECT unnest(string_to_array(title, ' ')) AS word FROM tasks;

-- name: UnnestComposite :many
-- columns: street NULL (fields have no constraint)
SELECT u.street FROM unnest(ARRAY[ROW(NULL, 'x')::place]) AS u;

-- name: Series :many
-- columns: n NOT NULL (a series), day NOT NULL (a series)
SELECT n, day FROM generate_series(1, 3) AS n, generate_series(now(), now() + interval '2 days', interval '1 day') AS day;

-- name: SideBySide :many
-- columns: a NULL (padded), b NULL? (the longest of the two)
SELECT generate_series(1, 2) AS a, generate_series(1, 5) AS b;

-- name: SideBySideInside :many
-- columns: a NULL (padded), b NULL? (the longest of the two)
SELECT generate_series(1, 2) + 1 AS a, generate_series(1, 5) AS b;

-- name: RowsFrom :many
-- columns: a NULL (padded), b NULL? (the longest of the two), place NOT NULL (counts)
SELECT a, b, place FROM ROWS FROM (generate_series(1, 2), generate_series(1, 4)) WITH ORDINALITY AS r (a, b, place);

-- name: SplitToTable :many
-- columns: piece NOT NULL (pieces), part NOT NULL (pieces), found NOT NULL (only matches give rows)
SELECT p.piece, s.part, m.found FROM tasks, regexp_split_to_table(title, '') AS p (piece), string_to_table(title, ' ') AS s (part),
       regexp_matches(title, '(.)') AS m (found);

-- name: ElementsOfArrays :many
-- columns: a NOT NULL (array), b NOT NULL (array), c NOT NULL (array)
-- elements: a NULL (a nullable column), b NOT NULL (a NOT NULL column), c NOT NULL (constants)
SELECT array_agg(points) AS a, array_agg(id) AS b, ARRAY[1, 2] AS c FROM tasks GROUP BY team_id;

-- name: ElementsFiltered :many
-- columns: a NULL (the filter may drop all)
-- elements: a NOT NULL (the filter drops NULLs)
SELECT array_agg(points) FILTER (WHERE points IS NOT NULL) AS a FROM tasks GROUP BY team_id;

-- name: ElementsOfSubquery :many
-- columns: a NOT NULL (array), b NOT NULL (array), c NOT NULL (array)
-- elements: a NULL (a nullable column), b NOT NULL (narrowed), c NOT NULL (cut from text)
SELECT ARRAY(SELECT line FROM notes) AS a, ARRAY(SELECT line FROM notes WHERE line IS NOT NULL) AS b,
       string_to_array(title, 'b') AS c
FROM tasks;

-- name: ElementsOfColumn :many
-- columns: labels NOT NULL (constraint), sorted NOT NULL (constant)
-- elements: labels NULL (no constraint reaches elements), sorted NOT NULL (constants)
SELECT labels, '{1,2}'::int[] AS sorted FROM tasks;

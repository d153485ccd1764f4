-- What conditions let through.

-- name: WhereStrict :many
-- columns: points NOT NULL (compared), due NULL (none)
SELECT points, due FROM tasks WHERE points > 1;

-- name: WhereAnd :many
-- columns: points NOT NULL (compared), due NOT NULL (compared)
SELECT points, due FROM tasks WHERE points >= 0 AND due > '1999-01-01';

-- name: WhereOr :many
-- columns: points NULL (the other operand), due NULL (the other operand)
SELECT points, due FROM tasks WHERE points > 0 OR due > '1999-01-01';

-- name: WhereOrSame :many
-- columns: points NOT NULL (both operands)
SELECT points FROM tasks WHERE points < 0 OR points > 1;

-- name: WhereBareBoolean :many
-- columns: done NOT NULL (true)
SELECT done FROM tasks WHERE done;

-- name: WhereNotBoolean :many
-- columns: done NOT NULL (false)
SELECT done FROM tasks WHERE NOT done;

-- name: WhereIsNotTrue :many
-- columns: done NULL (NULL is not true)
SELECT done FROM tasks WHERE done IS NOT TRUE;

-- name: WhereIsFalse :many
-- columns: done NOT NULL (false)
SELECT done FROM tasks WHERE done IS FALSE;

-- name: WhereIsUnknown :many
-- columns: done NULL (only NULL)
SELECT done FROM tasks WHERE done IS UNKNOWN;

-- name: WhereIsNotUnknown :many
-- columns: done NOT NULL (only values)
SELECT done FROM tasks WHERE done IS NOT UNKNOWN;

-- name: WhereNotIsNull :many
-- columns: due NOT NULL (tested)
SELECT due FROM tasks WHERE NOT (due IS NULL);

-- name: WhereNotEitherNull :many
-- columns: due NOT NULL (neither is NULL), points NOT NULL (neither is NULL)
SELECT due, points FROM tasks WHERE NOT (due IS NULL OR points IS NULL);

-- name: WhereNotBothNull :many
-- columns: due NULL (one of them is there), points NULL (one of them is there)
SELECT due, points FROM tasks WHERE NOT (due IS NULL AND points IS NULL);

-- name: WhereBetween :many
-- columns: points NOT NULL (compared)
SELECT points FROM tasks WHERE points BETWEEN 1 AND 7;

-- name: WhereNotBetween :many
-- columns: points NOT NULL (compared), lower NULL (one comparison is enough)
SELECT points, discount AS lower FROM tasks WHERE points NOT BETWEEN discount AND 0;

-- name: WhereLike :many
-- columns: body NOT NULL (compared)
SELECT body FROM tasks WHERE body LIKE '%';

-- name: WhereFunction :many
-- columns: body NOT NULL (length is strict)
SELECT body FROM tasks WHERE length(body) >= 0;

-- name: WhereNestedOperators :many
-- columns: points NOT NULL (operators are strict), discount NOT NULL (operators are strict)
SELECT points, discount FROM tasks WHERE points * 2 + discount > -1000;

-- name: WhereCast :many
-- columns: points NOT NULL (casts are strict)
SELECT points FROM tasks WHERE points::text <> 'x';

-- name: WhereConcat :many
-- columns: body NULL (concat skips NULL)
SELECT body FROM tasks WHERE concat(body, 'x') <> 'y';

-- name: WhereInSubquery :many
-- columns: points NOT NULL (equal to something)
SELECT points FROM tasks WHERE points IN (SELECT id FROM people);

-- name: WhereNotInSubquery :many
-- columns: points NULL (true when the subquery is empty)
SELECT points FROM tasks WHERE points NOT IN (SELECT id FROM people);

-- name: WhereNotExists :many
-- columns: points NULL (nothing is compared with it)
SELECT points FROM tasks k WHERE NOT EXISTS (SELECT FROM people p WHERE p.id = k.points);

-- name: WhereExists :many
-- columns: points NOT NULL (the inner condition was true of it)
SELECT points FROM tasks k WHERE EXISTS (SELECT FROM people p WHERE p.id = k.points);

-- name: WhereExistsAggregate :many
-- columns: points NULL (an aggregate always gives a row)
SELECT points FROM tasks k WHERE EXISTS (SELECT count(*) FROM people p WHERE p.id = k.points);

-- name: WhereAllSubquery :many
-- columns: points NULL (true when the subquery is empty)
SELECT points FROM tasks WHERE points > ALL (SELECT id FROM people);

-- name: WhereAnyLiteralArray :many
-- columns: points NOT NULL (one comparison was true)
SELECT points FROM tasks WHERE points = ANY ('{0,1,2,3,7}'::int[]);

-- name: WhereNotAnyEmptiable :many
-- columns: points NULL (false of an empty array)
SELECT points FROM tasks WHERE NOT (points = ANY ($1::int[]));

-- name: WhereInItems :many
-- columns: points NOT NULL (equal to something), discount NULL (only one item matched)
SELECT points, discount FROM tasks WHERE points IN (1, 2, discount, 0, 3);

-- name: WhereRowEqual :many
-- columns: points NOT NULL (equal), due NOT NULL (equal)
SELECT points, due FROM tasks WHERE (points, due) = (points + 0, due);

-- name: WhereRowLess :many
-- columns: points NOT NULL (compared first), due NULL (not looked at)
SELECT points, due FROM tasks WHERE (points, due) < (3, '2000-01-02'::date);

-- name: WhereRowDiffers :many
-- columns: points NULL (the other pair differs), due NULL (the other pair differs)
SELECT points, due FROM tasks WHERE (points, due) <> (1, '2000-01-01'::date);

-- name: WhereCaseIsNoFact :many
-- columns: points NULL (ELSE true)
SELECT points FROM tasks WHERE CASE WHEN points > 100 THEN false ELSE true END;

-- name: WhereCoalesceFalse :many
-- columns: points NOT NULL (only a true comparison passes)
SELECT points FROM tasks WHERE coalesce(points >= 0, false);

-- name: WhereCoalesceTrue :many
-- columns: points NULL (NULL passes)
SELECT points FROM tasks WHERE coalesce(points >= 0, true);

-- name: WhereNullIf :many
-- columns: points NOT NULL (NULLIF of NULL is NULL)
SELECT points FROM tasks WHERE nullif(points, 5) IS NOT NULL;

-- name: WhereGreatest :many
-- columns: points NULL (the other may be there), discount NULL (the other may be there)
SELECT points, discount FROM tasks WHERE greatest(points, discount) > 0;

-- name: WhereDistinctFromNull :many
-- columns: due NOT NULL (the same as IS NOT NULL)
SELECT due FROM tasks WHERE due IS DISTINCT FROM NULL;

-- name: WhereParameterOrNull :many
-- columns: points NULL (passes for a NULL argument)
SELECT points FROM tasks WHERE sqlc.narg(wanted)::int IS NULL OR points = sqlc.narg(wanted);

-- name: WhereExpressionTested :many
-- columns: half NOT NULL (the same expression was tested), points NOT NULL (strict)
SELECT points / 2 AS half, points FROM tasks WHERE points / 2 IS NOT NULL;

-- name: WhereJsonFieldTested :many
-- columns: city NOT NULL (the same expression was tested), other NULL (another key)
SELECT jsonb_build_object('a', nick, 'b', born) ->> 'a' AS city, jsonb_build_object('a', nick, 'b', born) ->> 'b' AS other
FROM people WHERE jsonb_build_object('a', nick, 'b', born) ->> 'a' IS NOT NULL;

-- name: WhereImpossibleOperand :many
-- columns: points NOT NULL (OR false adds nothing)
SELECT points FROM tasks WHERE points > 0 OR false;

-- name: HavingOnKey :many
-- columns: points NOT NULL (tested), n NOT NULL (count)
SELECT points, count(*) AS n FROM tasks GROUP BY points HAVING points > 0;

-- name: HavingOnAggregate :many
-- columns: team_id NULL (none), total NOT NULL (tested)
SELECT team_id, sum(points) AS total FROM tasks GROUP BY team_id HAVING sum(points) > 0;

-- name: HavingIsNoFactOfRows :many
-- columns: largest NOT NULL (tested), smallest NULL (another aggregate)
SELECT max(points) AS largest, min(discount) AS smallest FROM tasks GROUP BY team_id HAVING max(points) > 0;

-- name: VolatileCast :many
-- columns: weight NULL (the function of the cast runs twice), measure NOT NULL (it gives the same)
SELECT standing::integer AS weight, standing::bigint AS measure FROM members
WHERE standing::integer IS NOT NULL AND standing::bigint IS NOT NULL;

-- name: VolatileOperator :many
-- columns: weight NULL (the function of the operator runs twice), measure NOT NULL (it gives the same)
SELECT ## standing AS weight, ### standing AS measure FROM members
WHERE ## standing IS NOT NULL AND ### standing IS NOT NULL;

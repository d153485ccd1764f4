-- Conditions on the columns of a query in FROM, which are conditions of that query, and constants
-- that stand in.

-- name: LabelOfAValue :many
-- columns: points NOT NULL (the label is of a value), body NULL (another column)
SELECT points, body FROM sized_tasks WHERE size = 'large';

-- name: LabelOfNull :many
-- columns: points NULL (the label is of NULL)
SELECT points FROM sized_tasks WHERE size = 'open';

-- name: LabelsOfValues :many
-- columns: points NOT NULL (each label is of a value)
SELECT points FROM sized_tasks WHERE size IN ('large', 'small');

-- name: AnyLabelButOne :many
-- columns: points NOT NULL (the one for NULL is left out)
SELECT points FROM sized_tasks WHERE size <> 'open';

-- name: AnyLabelButAnother :many
-- columns: points NULL (the one for NULL is left)
SELECT points FROM sized_tasks WHERE size <> 'small';

-- name: LabelInCase :many
-- columns: a NOT NULL (the label is of a value), b NULL (the label may be of NULL)
SELECT CASE WHEN size = 'large' THEN points ELSE 0 END AS a, CASE WHEN size <> 'large' THEN points ELSE 0 END AS b FROM sized_tasks;

-- name: LabelInCaseOfAnotherRow :many
-- columns: a NULL (the first row may have another label)
SELECT CASE WHEN size = 'large' THEN first_value(points) OVER (ORDER BY id) ELSE 0 END AS a FROM sized_tasks;

-- name: LabelOfAllRows :many
-- columns: a NOT NULL (all rows have such a label)
SELECT first_value(points) OVER (ORDER BY id) AS a FROM sized_tasks WHERE size <> 'open';

-- name: LabelOfOuterSide :many
-- columns: points NOT NULL (the label is of a value), id NOT NULL (a row without match has no label)
SELECT s.points, s.id FROM tasks k LEFT JOIN sized_tasks s ON s.id = k.parent_id WHERE s.size <> 'open';

-- name: LabelInOn :many
-- columns: points NULL (no match)
SELECT s.points FROM tasks k LEFT JOIN sized_tasks s ON s.id = k.parent_id AND s.size <> 'open';

-- name: LabelOrNoMatch :many
-- columns: points NULL (no match)
SELECT s.points FROM tasks k LEFT JOIN sized_tasks s ON s.id = k.parent_id WHERE s.size IS NULL OR s.size <> 'open';

-- name: LabelOfNothing :one
-- columns: most NULL (no row need have the label)
SELECT max(points) AS most FROM sized_tasks WHERE size = 'large' AND id < 0;

-- name: StandInOfAView :many
-- columns: body NOT NULL (its stand-in is left out), again NOT NULL (through two queries)
SELECT body, again FROM (SELECT body, body AS again, words AS said FROM sized_tasks) s WHERE length(said) > 0;

-- name: StandInOfAViewTaken :many
-- columns: body NULL (its stand-in)
SELECT body FROM sized_tasks WHERE words = '';

-- name: TestInASubquery :many
-- columns: points NOT NULL (tested)
SELECT points FROM (SELECT points, points IS NOT NULL AS counted FROM tasks) k WHERE counted;

-- name: TestInASubqueryFailed :many
-- columns: points NULL (tested)
SELECT points FROM (SELECT points, points IS NOT NULL AS counted FROM tasks) k WHERE NOT counted;

-- name: StandInOfAGroup :many
-- columns: most NOT NULL (its stand-in is left out), last NULL (of another column)
SELECT most, last FROM summed_tasks WHERE most_or_none > 0;

-- name: StandInOfAnotherRow :many
-- columns: before NOT NULL (its stand-in is left out), points NULL (of this row)
SELECT before, points FROM followed_tasks WHERE before_or_none > 0;

-- name: CheckThroughAView :many
-- columns: sown NOT NULL (the CHECK is of those that are cold)
SELECT frost AS sown FROM (SELECT season AS kind, frost FROM crops) c WHERE kind = 'cold';

-- name: StandInOfOneSide :many
-- columns: said NOT NULL (its stand-in is left out in both)
SELECT said FROM (SELECT body AS said, coalesce(body, '') AS words FROM tasks UNION ALL SELECT line, coalesce(line, '') FROM notes) q
WHERE words <> '';

-- name: StandInOfTheOther :many
-- columns: said NULL (in the second query it stands for another column)
SELECT said FROM (SELECT body AS said, coalesce(body, '') AS words FROM tasks UNION ALL SELECT line, title FROM notes, tasks) q
WHERE words <> '';

-- name: LengthOfAStandIn :many
-- columns: body NOT NULL (the stand-in has no length), points NULL (another column)
SELECT body, points FROM tasks WHERE length(coalesce(body, '')) > 0;

-- name: StandInWithoutBlanks :many
-- columns: body NOT NULL (nothing is left of the stand-in)
SELECT body FROM tasks WHERE trim(lower(coalesce(body, ''))) <> '';

-- name: LengthOfALongerStandIn :many
-- columns: body NULL (the stand-in has a length)
SELECT body FROM tasks WHERE length(coalesce(body, '-')) > 0;

-- name: LengthThatIsNone :many
-- columns: body NULL (the stand-in has none)
SELECT body FROM tasks WHERE length(coalesce(body, '')) < 2;

-- name: StandInMatched :many
-- columns: body NOT NULL (no empty text begins so), title NOT NULL (no condition needed)
SELECT body, title FROM tasks WHERE coalesce(body, '') LIKE 'a%';

-- name: StandInMatchesAll :many
-- columns: body NULL (an empty text matches as well)
SELECT body FROM tasks WHERE coalesce(body, '') LIKE '%';

-- name: StandInMatchedInAnyCase :many
-- columns: body NOT NULL (no empty text has a letter)
SELECT body FROM tasks WHERE coalesce(body, '') ILIKE '%a%';

-- name: StandInMatchesByEscape :many
-- columns: body NULL (the pattern is the stand-in itself), label NOT NULL (an escaped letter is that letter)
SELECT body, label FROM tasks LEFT JOIN counters ON true
WHERE coalesce(body, '_%') LIKE '\_\%' AND coalesce(label, '-none') LIKE 'n\one';

-- name: StandInNotMatched :many
-- columns: body NULL (an empty text does not match), line NOT NULL (it matches)
SELECT body, line FROM tasks, notes WHERE coalesce(body, '') NOT LIKE 'a%' AND coalesce(line, '') NOT LIKE '';

-- name: StandInMatchedByGiven :many
-- columns: body NULL (the pattern may be that of an empty text)
SELECT body FROM tasks WHERE coalesce(body, '') LIKE @given || '%';

-- name: StandInInSum :many
-- columns: points NOT NULL (0 + 1 is not above 1), discount NOT NULL (2 - 0 is not below 2)
SELECT points, discount FROM tasks WHERE coalesce(points, 0) + 1 > 1 AND 2 - coalesce(discount, 0) < 2;

-- name: StandInsInSum :many
-- columns: points NULL (the other one may be above), stars NULL (likewise)
SELECT points, stars FROM tasks, notes WHERE coalesce(points, 0) + coalesce(stars, 0) > 0;

-- name: StandInTimesColumn :many
-- columns: discount NULL (nothing is known of 0 times a price, which may be NaN)
SELECT discount FROM tasks WHERE coalesce(discount, 0) * price >= 0;

-- name: NumberOfElementsOfAStandIn :many
-- columns: tags NOT NULL (the stand-in has none)
SELECT tags FROM people WHERE cardinality(coalesce(tags, '{}')) > 0;

-- name: BranchTaken :many
-- columns: points NOT NULL (what the branch is taken for)
SELECT points FROM tasks WHERE CASE WHEN points > 1 THEN 'a' ELSE 'b' END = 'a';

-- name: BranchOfElse :many
-- columns: points NULL (ELSE is taken for NULL)
SELECT points FROM tasks WHERE CASE WHEN points > 1 THEN 'a' ELSE 'b' END = 'b';

-- name: BranchAfterATest :many
-- columns: points NOT NULL (the test failed), body NULL (another column)
SELECT points, body FROM tasks WHERE CASE WHEN points IS NULL THEN 0 ELSE 1 END = 1;

-- name: BranchOfAnOperatorThatTakesNull :many
-- columns: body NULL (the operator is true of NULL)
SELECT body FROM tasks WHERE CASE WHEN body IS NULL THEN NULL ELSE 'a' END ==== 'b';

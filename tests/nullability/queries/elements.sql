-- Elements of arrays: NULL or not, of what comes out and of what is given.

-- name: ElementsOfColumns :many
-- columns: loose NULL (no constraint), checked NOT NULL (constraint), cleaned NULL (no constraint), unkept NULL (no constraint), words NULL (no constraint), listed NULL (no constraint)
-- elements: loose NULL (no constraint), checked NOT NULL (CHECK), cleaned NOT NULL (CHECK), unkept NULL (another CHECK), words NULL (an element may be set beyond the others), listed NOT NULL (CHECK of the domain)
SELECT loose, checked, cleaned, unkept, words, listed FROM shelf_marks;

-- name: ElementsPassedOn :many
-- columns: a NOT NULL (CHECK), b NOT NULL (ARRAY), c NOT NULL (one is there), d NULL (no ELSE), e NULL (nullif), f NULL (may be), g NULL (no row)
-- elements: a NOT NULL (CHECK), b NULL (one is), c NOT NULL (neither has any), d NOT NULL (CHECK), e NOT NULL (CHECK), f NOT NULL (CHECK), g NOT NULL (CHECK)
SELECT m.checked AS a, ARRAY[title, remark] AS b, coalesce(listed, checked) AS c, CASE WHEN id > 1 THEN checked END AS d,
       nullif(checked, '{}') AS e, greatest(listed, CASE WHEN id > 2 THEN checked END) AS f,
       (SELECT checked FROM shelf_marks WHERE id = 3) AS g
FROM (SELECT * FROM shelf_marks) AS m;

-- name: ElementsPutTogether :many
-- columns: a NOT NULL (array), b NOT NULL (array), c NOT NULL (one is there), d NULL (may be), e NOT NULL (array), f NOT NULL (array), g NULL (of NULL)
-- elements: a NOT NULL (neither has any), b NULL (one is appended), c NULL (one side has), d NOT NULL (taken out), e NOT NULL (taken out), f NOT NULL (filled with 1), g NOT NULL (positions)
SELECT ARRAY[id] || id AS a, array_append(checked, remark) AS b, checked || loose AS c, array_remove(loose, NULL) AS d,
       array_remove(checked, remark) AS e, array_fill(1, ARRAY[id % 2 + 1]) AS f, array_positions(loose, 'a') AS g
FROM shelf_marks;

-- name: ElementsReplaced :many
-- columns: a NOT NULL (array), b NOT NULL (array), c NOT NULL (pieces), d NOT NULL (pieces), e NOT NULL (pieces)
-- elements: a NULL (replaced by NULL), b NOT NULL (only the one sought is NULL), c NULL (a text stands for NULL), d NOT NULL (no text does), e NOT NULL (pieces)
SELECT array_replace(checked, 'a', remark) AS a, array_replace(checked, remark, title) AS b, string_to_array(title, ',', 'a') AS c,
       string_to_array(title, ',', NULL) AS d, regexp_split_to_array(title, 'x') AS e
FROM shelf_marks;

-- name: ElementsAggregated :many
-- columns: a NOT NULL (a group), b NOT NULL (a group), c NOT NULL (a group), d NOT NULL (a group), e NULL (no value)
-- elements: a NULL (NULLs too), b NOT NULL (constraint), c NOT NULL (stacked), d NOT NULL (one of them), e NOT NULL (one of them)
SELECT array_agg(remark) AS a, array_agg(title) AS b, array_agg(ARRAY[title]) AS c, max(checked) AS d, min(cleaned) AS e
FROM shelf_marks GROUP BY title;

-- name: ElementsOfOtherRows :many
-- columns: a NULL (no row before), b NOT NULL (the frame has one)
-- elements: a NOT NULL (CHECK), b NOT NULL (CHECK)
SELECT lag(checked) OVER (ORDER BY id) AS a, first_value(checked) OVER (ORDER BY id) AS b FROM shelf_marks;

-- name: ElementsOfView :many
-- columns: checked NOT NULL (constraint), loose NULL (no constraint)
-- elements: checked NOT NULL (CHECK), loose NULL (no constraint)
SELECT checked, loose FROM marks UNION ALL SELECT checked, loose FROM shelf_marks;

-- name: FunctionsOfTheSameName :many
-- columns: unnest NULL (no element of an array), u NULL (no element of an array)
SELECT own.unnest('head'::standing), u FROM own.unnest('head'::standing) AS u;

-- name: AggregateOfTheSameName :one
-- columns: all NULL? (the initial value is an array)
-- elements: all NULL (anything may come)
SELECT own.array_agg('head'::standing, title) AS all FROM shelf_marks;

-- name: GivenCompared :many
-- parameters: ids NOT NULL (compared), tags NOT NULL (overlap), same NOT NULL (compared)
-- given: ids NOT NULL (= ANY has no use for NULL), tags NOT NULL (nor has &&), same NULL (arrays are equal with NULLs in them)
SELECT id FROM shelf_marks WHERE id = ANY (@ids::integer[]) OR loose && @tags::text[] OR loose = @same;

-- name: GivenEchoed :many
-- columns: a NOT NULL (required), b NOT NULL (elements are not NULL)
-- elements: a NOT NULL (no use for NULL)
-- given: list NOT NULL (stored nowhere)
SELECT @list::text[] AS a, unnest(@list::text[]) AS b;

-- name: GivenToColumns :one
-- columns: loose NULL (may be None), checked NOT NULL (constraint), words NULL (may be None), listed NULL (may be None)
-- elements: loose NULL (given), checked NOT NULL (CHECK), words NOT NULL (given), listed NOT NULL (CHECK of the domain)
-- given: loose NULL (no constraint), checked NOT NULL (CHECK), cleaned NOT NULL (CHECK), words NOT NULL (domain), listed NOT NULL (CHECK of the domain)
INSERT INTO shelf_marks (id, title, mail, loose, checked, cleaned, words, listed)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM shelf_marks), 'a', 'b', @loose, @checked, @cleaned, @words, @listed) RETURNING loose, checked, words, listed;

-- name: GivenRows :exec
-- given: ids NOT NULL (key), titles NOT NULL (constraint), remarks NULL (no constraint), mails NOT NULL (CHECK)
INSERT INTO shelf_marks (id, title, remark, mail, checked)
SELECT *, '{}' FROM unnest(@ids::integer[], @titles::text[], @remarks::text[], @mails::text[]);

-- name: GivenRowsInValues :exec
-- given: ids NOT NULL (key), titles NOT NULL (constraint), remarks NULL (no constraint)
INSERT INTO shelf_marks (id, title, remark, mail, checked)
VALUES (unnest(@ids::integer[]), unnest(@titles::text[]), unnest(@remarks::text[]), 'x', '{}');

-- name: GivenRowsThroughQueries :exec
-- given: ids NOT NULL (key), titles NULL (replaced), remarks NULL (of NULL is NULL)
WITH given AS (SELECT * FROM unnest(@ids::integer[], @titles::text[], @remarks::text[]) AS u (i, t, r)), kept AS (SELECT i, t, r FROM given)
INSERT INTO shelf_marks (id, title, remark, mail, checked) SELECT i, coalesce(t, 'none'), upper(r), 'x', '{}' FROM kept;

-- name: GivenRowsOnConflict :exec
-- given: ids NOT NULL (key), titles NOT NULL (constraint), remarks NOT NULL (goes to the title as well)
INSERT INTO shelf_marks (id, title, remark, mail, checked)
SELECT i, t, r, 'x', '{}' FROM unnest(@ids::integer[], @titles::text[], @remarks::text[]) AS u (i, t, r)
ON CONFLICT (id) DO UPDATE SET title = EXCLUDED.remark;

-- name: GivenToUpdate :exec
-- given: ids NOT NULL (compared), remarks NULL (no constraint)
UPDATE shelf_marks SET remark = u.r FROM unnest(@ids::integer[], @remarks::text[]) AS u (i, r) WHERE shelf_marks.id = u.i;

-- name: GivenToMerge :exec
-- given: ids NOT NULL (key), remarks NULL (no constraint)
MERGE INTO shelf_marks m USING (SELECT unnest(@ids::integer[]) AS i, unnest(@remarks::text[]) AS r) s ON m.id = s.i
WHEN MATCHED THEN UPDATE SET remark = s.r
WHEN NOT MATCHED THEN INSERT (id, title, remark, mail, checked) VALUES (s.i, 'x', s.r, 'x', '{}');

-- name: GivenToView :exec
-- given: ids NOT NULL (key), titles NOT NULL (constraint of the table), remarks NULL (no constraint)
UPDATE marks SET heading = u.t, remark = u.r FROM unnest(@ids::integer[], @titles::text[], @remarks::text[]) AS u (i, t, r) WHERE marks.id = u.i;

-- name: GivenToBuilt :many
-- columns: loose NOT NULL (one side is)
-- elements: loose NULL (given)
-- given: more NULL (no constraint), cast_first NOT NULL (no word lets NULL through), others NOT NULL (CHECK)
UPDATE shelf_marks SET loose = loose || @more::text[] || (@cast_first::text[])::word[]::text[], checked = array_cat(checked, @others::text[]) RETURNING loose;

-- name: MailIsChecked :exec
-- parameters: mail NOT NULL (CHECK), remark NULL (no constraint), id NOT NULL (compared)
UPDATE shelf_marks SET mail = @mail, remark = @remark WHERE id = @id;

-- name: ElementsFoundWhole :many
-- columns: tags NOT NULL (compared)
-- elements: tags NOT NULL (none is NULL)
SELECT tags FROM people WHERE array_position(tags, NULL) IS NULL AND tags <> '{}';

-- name: ElementsFoundWholeBeside :many
-- columns: tags NOT NULL (it has elements), tag NOT NULL (compared)
-- elements: tags NOT NULL (none is NULL)
SELECT p.tags, t.tag FROM people p LEFT JOIN LATERAL unnest(p.tags) AS t (tag) ON true
WHERE array_position(p.tags, NULL) IS NULL AND t.tag > '';

-- name: ElementsFoundUnnested :many
-- columns: tag NOT NULL (no array with NULL is left)
SELECT t.tag FROM people p, unnest(p.tags) AS t (tag) WHERE array_position(p.tags, NULL) IS NULL;

-- name: ElementsFoundOtherwise :many
-- columns: tags NULL (it may be absent), tag NULL (another value is looked for)
-- elements: tags NULL (another value is looked for)
SELECT p.tags, t.tag FROM people p LEFT JOIN LATERAL unnest(p.tags) AS t (tag) ON true
WHERE array_position(p.tags, 'x') IS NULL;

-- name: ElementsOfADomain :many
-- columns: a NOT NULL (ARRAY), b NOT NULL (a group has rows), c NOT NULL (ARRAY), d NOT NULL (of an array)
-- elements: a NULL (no match), b NULL (no match), c NULL (no match), d NOT NULL (each is made a value of the domain)
SELECT ARRAY[s.quantity] AS a, array_agg(s.quantity) AS b, ARRAY(SELECT s.quantity) AS c, ARRAY[k.id, 5]::integer[]::amount[] AS d
FROM tasks k LEFT JOIN stock s ON s.sku = k.title GROUP BY k.id, s.quantity;

-- name: ElementsSetBeyond :many
-- columns: words NULL? (setting an element makes an array)
-- elements: words NULL (those in between)
UPDATE shelf_marks SET words[9] = 'x' RETURNING words;

-- name: ElementsUnnested :many
-- columns: quantity NULL (no match)
SELECT unnest(ARRAY[s.quantity]) AS quantity FROM tasks k LEFT JOIN stock s ON s.sku = k.title;

-- name: ElementsOfPercentiles :many
-- columns: a NOT NULL (a group has rows), b NOT NULL (a group has rows), c NULL (no values), d NOT NULL (a group has rows)
-- elements: a NOT NULL (one for each fraction), b NULL (none for NULL), c NOT NULL (one for each fraction, if any), d NOT NULL (one of the values)
SELECT percentile_cont(ARRAY[0.1, 0.9]) WITHIN GROUP (ORDER BY price) AS a,
       percentile_disc(ARRAY[0.5, NULL]) WITHIN GROUP (ORDER BY title) AS b,
       percentile_cont(ARRAY[0.5]) WITHIN GROUP (ORDER BY points) AS c,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY ARRAY[id]) AS d
FROM tasks GROUP BY done;

-- name: ElementsBesideOuterJoin :many
-- columns: a NULL (no row), b NULL (no row), c NOT NULL (one is there), d NULL (no row)
-- elements: a NOT NULL (CHECK), b NOT NULL (aggregated from a column that is NOT NULL), c NOT NULL (neither has any), d NULL (no constraint)
SELECT m.checked AS a, g.titles AS b, coalesce(g.titles, '{}') AS c, m.loose AS d
FROM teams t LEFT JOIN shelf_marks m ON m.id = t.deputy_id
LEFT JOIN (SELECT remark, array_agg(title) AS titles FROM shelf_marks GROUP BY remark) g ON g.remark = t.title;

-- name: ElementsOfPaths :many
-- columns: id NOT NULL (key), s NOT NULL (set by SEARCH), m NOT NULL (set by CYCLE), path NOT NULL (set by CYCLE)
-- elements: s NOT NULL (rows), path NOT NULL (rows)
WITH RECURSIVE t AS (SELECT id, team_id FROM tasks UNION ALL SELECT k.id, k.team_id FROM tasks k JOIN t ON k.id = t.team_id)
SEARCH DEPTH FIRST BY id SET s CYCLE id SET m USING path
SELECT id, s, m, path FROM t;

-- name: RangesOfMultiranges :many
-- columns: one NOT NULL (a range), other NOT NULL (a range), element NULL (no constraint)
SELECT unnest(int4multirange(int4range(id, id + 2))) AS one, r AS other, e AS element
FROM shelf_marks, unnest(int4multirange(int4range(1, 3), int4range(5, 6))) r, unnest(loose) e;

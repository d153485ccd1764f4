-- JSON: what is made is there, what is looked up may not be.

-- name: JsonLookups :many
-- columns: a NULL (no such key), b NULL (no such key), c NULL (no such path), d NULL (no such path)
SELECT settings -> 'a' AS a, settings ->> 'a' AS b, settings #> '{a,b}' AS c, settings #>> '{a,b}' AS d FROM people;

-- name: JsonTests :many
-- columns: a NOT NULL (strict), b NOT NULL (strict), c NULL (of NULL)
SELECT settings ? 'a' AS a, settings @> '{"a": 1}' AS b, info @> '{"a": 1}' AS c FROM people;

-- name: JsonBuilders :many
-- columns: a NOT NULL (built), b NOT NULL (built), c NOT NULL (strict), d NULL (strict), e NOT NULL (a row is there)
SELECT jsonb_build_object('a', nick) AS a, jsonb_build_array(nick) AS b, to_jsonb(name) AS c, to_jsonb(nick) AS d, row_to_json(people) AS e FROM people;

-- name: JsonConstructors :many
-- columns: a NOT NULL (built), b NOT NULL (built), c NULL (of NULL), d NOT NULL (of a value)
SELECT JSON_OBJECT('a': nick) AS a, JSON_ARRAY(nick) AS b, JSON_SCALAR(nick) AS c, JSON_SCALAR(name) AS d FROM people;

-- name: JsonChanges :many
-- columns: a NOT NULL (strict), b NOT NULL (strict), c NULL (the new value may be), d NULL (of NULL)
SELECT settings || '{"a": 1}' AS a, settings - 'a' AS b, jsonb_set(settings, '{a}', to_jsonb(nick)) AS c, info - 'a' AS d
FROM people WHERE jsonb_typeof(settings) = 'object' AND coalesce(jsonb_typeof(info), 'object') = 'object';

-- name: JsonElements :many
-- columns: e NOT NULL (a JSON null is a value), t NULL (a JSON null has no text)
SELECT e.e, t.t FROM jsonb_array_elements('[1, null]'::jsonb) AS e (e), jsonb_array_elements_text('[1, null]'::jsonb) AS t (t);

-- name: JsonEach :many
-- columns: key NOT NULL (keys are text), value NOT NULL (a JSON null is a value), k NOT NULL (keys), v NULL (a JSON null has no text)
SELECT e.key, e.value, t.key AS k, t.value AS v FROM jsonb_each('{"a": null}'::jsonb) AS e, jsonb_each_text('{"a": null}'::jsonb) AS t;

-- name: JsonKeys :many
-- columns: k NOT NULL (keys are text)
SELECT jsonb_object_keys('{"a": null}'::jsonb) AS k;

-- name: JsonToRecord :many
-- columns: a NULL (no such key), b NULL (no such key)
SELECT r.a, r.b FROM people, jsonb_to_record(jsonb_build_object('a', nick_length, 'b', nick)) AS r (a int, b text);

-- name: JsonQueryFunctions :many
-- columns: a NOT NULL (a test), b NULL (nothing there), c NULL (nothing there)
SELECT JSON_EXISTS(settings, '$.a') AS a, JSON_VALUE(settings, '$.a') AS b, JSON_QUERY(settings, '$.a') AS c FROM people;

-- name: JsonPathFunctions :many
-- columns: a NULL (nothing there), b NOT NULL (an empty array), c NULL? (NULL only if errors are to be silent)
SELECT jsonb_path_query_first(settings, '$.a') AS a, jsonb_path_query_array(settings, '$.a') AS b, jsonb_path_exists(settings, '$.a') AS c FROM people;

-- name: JsonTable :many
-- columns: n NOT NULL (counts), a NULL (nothing there)
SELECT j.n, j.a FROM JSON_TABLE('[{"a": 1}, {}]'::jsonb, '$[*]' COLUMNS (n FOR ORDINALITY, a int PATH '$.a')) AS j;

-- name: JsonSubscript :many
-- columns: settings NULL (no such key)
SELECT settings['a'] FROM people;

-- name: IsJson :many
-- columns: a NOT NULL (a test of a value), b NULL (of NULL)
SELECT name IS JSON AS a, nick IS JSON AS b FROM people;

SELECT lower(nick), upper(code), length(pad), abs(size), round(balance), round(height) FROM rider;
SELECT lower(size) FROM rider;
SELECT nope(1);
SELECT nope.lower('a');
SELECT round(height, 2) FROM rider;
SELECT concat(nick, size), concat_ws(',', nick, code), format('%s', id) FROM rider;
SELECT make_interval(days => 3), make_interval(hours => $1);
SELECT make_interval(nope => 3);
SELECT make_interval(days => 3, 4);
SELECT make_date(2024, 1, 1), date_part('year', born), extract(year FROM born), age(joined) FROM
    rider;
SELECT jsonb_build_object('a', 1, 'b', nick), jsonb_build_array(1, 'x'), to_jsonb(r) FROM rider r;
SELECT jsonb_path_query_first(data, '$.a'), jsonb_set(data, '{a}', '1'), data @? '$.a' FROM rider;
SELECT jsonb_array_elements(data), jsonb_each_text(data), unnest(tags) FROM rider;
SELECT generate_series(1, 3), generate_series(now(), now(), '1 day');
SELECT regexp_matches(nick, 'a'), regexp_replace(nick, 'a', 'b', 'g'), split_part(nick, ',', 1)
    FROM rider;
SELECT array_length(nums, 1), array_append(nums, 1), array_append(nums, 1.5),
    array_position(tags, 'a'), cardinality(grid) FROM rider;
SELECT array_append(nums, nick) FROM rider;
SELECT array_cat(nums, tags) FROM rider;
SELECT unnest(nums) + 1, unnest(grid) FROM rider;
SELECT id FROM rider WHERE unnest(nums) = 1;
SELECT coalesce((SELECT unnest(nums) LIMIT 1), 0) FROM rider;
SELECT to_char(joined, 'YYYY'), to_char(size, '999'), to_date('x', 'y'), to_timestamp(0) FROM rider;
SELECT current_date, current_timestamp, current_time, localtime, localtimestamp(3),
    current_user, current_schema;
SELECT nick IS NORMALIZED, normalize(nick), nick IS NOT NFC NORMALIZED FROM rider;
SELECT trim(BOTH 'x' FROM nick), ltrim(nick), btrim(nick), trim(LEADING FROM nick),
    substring(nick, 1, 2), substring(nick FROM 2), substring(nick FROM 'a') FROM rider;
SELECT position('a' IN nick), strpos(nick, 'a'), overlay(nick PLACING 'x' FROM 1 FOR 2) FROM rider;
SELECT (joined, lag) OVERLAPS (seen, lag) FROM rider;
SELECT joined AT TIME ZONE 'UTC', seen AT TIME ZONE 'UTC', joined AT LOCAL FROM rider;
SELECT lower(span), upper(open), int4range(1, 5), isempty(span), span * span FROM rider;
SELECT enum_range(NULL::mood), enum_first(mood), array_agg(mood) FROM rider GROUP BY mood;
SELECT row_to_json(r), row_to_json(ROW(1, 2)) FROM rider r;
SELECT pg_typeof(size), pg_typeof('x'), version(), gen_random_uuid(), uuidv7() FROM rider;
SELECT num_nulls(size, nick), num_nulls(VARIADIC nums), num_nulls(VARIADIC size) FROM rider;
SELECT concat(VARIADIC tags), format('%s', VARIADIC tags) FROM rider;
SELECT json_populate_record(NULL::spot, doc), jsonb_populate_record(NULL::rider, data) FROM rider;
SELECT (jsonb_populate_record(NULL::spot, data)).label FROM rider;
SELECT jsonb_to_record(data) FROM rider;
SELECT ts_rank(to_tsvector('english', nick), to_tsquery('a')), to_tsvector(nick) @@
    plainto_tsquery($1) FROM rider;
SELECT width_bucket(size, ARRAY[1, 2, 3]), width_bucket(height, 0, 1, 5) FROM rider;
SELECT sum(1) OVER (), sqrt(size), power(size, 2), mod(size, 3), size % 3, ceil(balance),
    trunc(height) FROM rider;

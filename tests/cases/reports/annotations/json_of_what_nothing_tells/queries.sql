-- name: Stored :many
-- @json details
SELECT id, details FROM stays;

-- name: Stripped :many
-- @json stay
SELECT json_strip_nulls(json_build_object('id', id, 'guest', guest)) AS stay FROM stays;

-- name: Keyed :many
-- @json stay
SELECT json_build_object(guest, id) AS stay FROM stays;

-- name: Twice :many
-- @json stay
SELECT to_json(s) AS stay FROM (SELECT id, guest AS id FROM stays) s;

-- name: Different :many
-- @json stay
SELECT CASE WHEN id > 9 THEN json_build_object('id', id) ELSE json_build_object('no', id) END AS stay
FROM stays;

-- name: Put :many
-- @json stay
SELECT jsonb_build_object('id', id) || details AS stay FROM stays;

-- name: Without :many
-- @json stay
SELECT jsonb_build_object('id', id) - guest AS stay FROM stays;

-- name: Lengths :many
-- @json stays
SELECT json_agg(json_build_object('id', id, 'length', length)) AS stays FROM stays;

-- name: NoJson :many
-- @json guest
SELECT guest FROM stays;

-- name: Misspelt :many
-- @json sty
SELECT json_build_object('id', id) AS stay FROM stays WHERE guest = @sty;

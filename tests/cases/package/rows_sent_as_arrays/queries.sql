-- name: AddAuthors :many
-- Add authors.
-- @rows
INSERT INTO authors (id, name, mood, notes, born)
SELECT * FROM unnest(@id::int[], @name::text[], @mood::mood[], @notes::jsonb[], @born::date[])
RETURNING id;

-- name: AddVisits :exec
-- @rows
INSERT INTO visits (author_id, n) SELECT unnest(@author_ids::int[]), @n;

-- name: MoveAuthors :execrows
-- @rows
UPDATE authors SET home = ROW(u.city, u.street)
FROM ROWS FROM (unnest(@id::int[]), unnest(@home::place[])) AS u (id, city, street)
WHERE authors.id = u.id AND authors.born > @born_after;

-- name: RenameAuthors :many
-- @rows
UPDATE authors SET name = u.name
FROM unnest(@id::int[], @name::text[]) WITH ORDINALITY AS u (id, name, n)
WHERE authors.id = u.id
RETURNING u.n, authors.mood;

-- name: FindAuthors :many
-- @rows
SELECT a.name, u.n FROM unnest(@id::int[]) WITH ORDINALITY AS u (id, n)
LEFT JOIN authors a ON a.id = u.id;

-- name: CountBorn :one
-- @rows
SELECT count(*) FROM unnest(@id::int[], @born::date[]) AS u (id, born)
JOIN authors a ON a.id = u.id AND a.born = u.born;

-- name: StreamMoods :stream
-- @rows
SELECT a.mood FROM unnest(@id::int[]) AS u (id) JOIN authors a USING (id);

-- name: RemoveAuthors :execresult
-- @rows
DELETE FROM authors USING unnest(@id::int[]) AS u (id) WHERE authors.id = u.id;

-- name: OneStep :one
SELECT * FROM steps WHERE step_number = @step_number;

-- name: Steps :many
SELECT * FROM steps WHERE step_number <= @most::int;

-- name: OnePoint :one
SELECT * FROM points WHERE id = @id;

-- name: Points :many
SELECT * FROM points WHERE id <= @most::int;

-- name: StreamPoints :stream
SELECT * FROM points WHERE id <= @most::int;

-- name: CopyPoints :copyfrom
INSERT INTO points (id, name, weight) VALUES (@id, @name, @weight);

-- name: InsertPoints :batchexec
INSERT INTO points (id, name, weight) VALUES (@id, @name, @weight);

-- name: AddPoints :many
-- @rows
INSERT INTO points (id, name, weight)
SELECT u.id, u.name, u.weight FROM unnest(@id::int[], @name::text[], @weight::float8[]) AS u (id, name, weight)
RETURNING id;

-- name: AddEachPoint :batchone
INSERT INTO points (id, name, weight) VALUES (@id, @name, @weight) RETURNING id;

-- name: ShelvesOfTables :many
SELECT s.id, s.name, ARRAY(SELECT v FROM volumes v WHERE v.shelf_id = s.id ORDER BY v.id) AS volumes
FROM shelves s ORDER BY s.id;

-- name: ShelvesOfRows :many
SELECT s.id, s.name, ARRAY(
    SELECT ROW(v.id, v.title, v.price, v.bought) FROM volumes v WHERE v.shelf_id = s.id ORDER BY v.id
) AS volumes
FROM shelves s ORDER BY s.id;

-- name: ShelvesOfObjects :many
-- @json volumes
SELECT s.id, s.name, coalesce((
    SELECT json_agg(json_build_object(
        'id', v.id, 'title', v.title, 'price', v.price, 'bought', v.bought
    ) ORDER BY v.id) FROM volumes v WHERE v.shelf_id = s.id
), '[]') AS volumes
FROM shelves s ORDER BY s.id;

-- name: Shelves :many
SELECT * FROM shelves ORDER BY id;

-- name: Volumes :many
SELECT shelf_id, id, title, price, bought FROM volumes WHERE shelf_id = ANY (@shelves::int[]) ORDER BY id;

-- name: Goods :many
-- @optional kind, shelf, least
-- @sort newest = added DESC, id DESC
-- @page
SELECT * FROM goods WHERE kind = @kind AND shelf = @shelf AND price >= @least
ORDER BY id LIMIT 20;

-- name: GoodsInOneText :many
SELECT * FROM goods
WHERE (sqlc.narg(kind)::int IS NULL OR kind = sqlc.narg(kind))
  AND (sqlc.narg(shelf)::text IS NULL OR shelf = sqlc.narg(shelf))
  AND (sqlc.narg(least)::int IS NULL OR price >= sqlc.narg(least))
ORDER BY CASE WHEN sqlc.narg(sort)::text = 'newest' THEN added END DESC, id
LIMIT 20 OFFSET @skipped::int;

-- name: MoveVolume :execrows
UPDATE volumes SET shelf_id = @shelf_id, title = @title WHERE id = @id;

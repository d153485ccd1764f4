-- name: Import :many
SELECT * FROM connections WHERE row = @row AND "class" = @self AND id <> @conn AND "2nd" = @rows;

-- name: List :many
SELECT id, id, 1, uuid AS id_2 FROM connections;

-- name: Kind :one
SELECT 'mro'::kind AS kind;

-- name: Classmethod :many
-- @page
SELECT "classmethod", super FROM methods ORDER BY super, "classmethod" LIMIT @most;

-- name: Super :one
SELECT count(*) FROM methods;

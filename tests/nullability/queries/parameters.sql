-- Parameters: required unless they are said to be optional or go straight to a nullable column.

-- name: Required :many
-- columns: a NOT NULL (required), b NOT NULL (required)
-- parameters: a NOT NULL (sqlc.arg), id NOT NULL (compared)
SELECT sqlc.arg(a)::text AS a, $2::int + 1 AS b FROM tasks WHERE id = $2;

-- name: Optional :many
-- columns: a NULL (optional)
-- parameters: a NULL (sqlc.narg)
SELECT sqlc.narg(a)::text AS a;

-- name: ToNullableColumn :exec
-- parameters: body NULL (a nullable column), id NOT NULL (compared)
UPDATE tasks SET body = $1 WHERE id = $2;

-- name: ToRequiredColumn :exec
-- parameters: title NOT NULL (a NOT NULL column), id NOT NULL (compared)
UPDATE tasks SET title = $1 WHERE id = $2;

-- name: ToBothColumns :exec
-- parameters: title NOT NULL (one of the columns is NOT NULL), id NOT NULL (compared)
UPDATE tasks SET title = sqlc.arg(title), body = sqlc.arg(title) WHERE id = sqlc.arg(id);

-- name: ThroughExpression :exec
-- parameters: upper NOT NULL (not straight to the column), id NOT NULL (compared)
UPDATE tasks SET body = upper($1) WHERE id = $2;

-- name: InsertParameters :exec
-- parameters: title NOT NULL (constraint), points NULL (a nullable column)
INSERT INTO tasks (id, title, price, points) VALUES (1, $1, 2, $2);

-- name: OptionalFilter :many
-- columns: points NULL (the filter may be off)
-- parameters: points NULL (sqlc.narg)
SELECT points FROM tasks WHERE points = sqlc.narg(points) OR sqlc.narg(points) IS NULL;

-- name: OptionalStrict :many
-- columns: echo NOT NULL (a NULL argument lets no row through)
-- parameters: wanted NULL (sqlc.narg)
SELECT sqlc.narg(wanted)::bigint AS echo FROM tasks WHERE id = sqlc.narg(wanted);

-- Parameters: required unless they are said to be optional or NULL has a use of its own.

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

-- name: AskedFilter :many
-- columns: points NULL (the filter may be off)
-- parameters: points NULL (IS NULL asks)
SELECT points FROM tasks WHERE points = @points OR @points IS NULL;

-- name: AskedDistinct :many
-- columns: points NULL (as the argument may be), body NOT NULL (compared)
-- parameters: points NULL (taken for a value), body NOT NULL (compared)
SELECT points, body FROM tasks WHERE points IS NOT DISTINCT FROM $1 AND body = $2;

-- name: AskedValue :many
-- columns: shown NULL (the argument may be)
-- parameters: title NULL (COALESCE has another value)
SELECT @title::text || '' AS shown FROM tasks WHERE title = coalesce(@title, title);

-- name: Patched :many
-- columns: title NOT NULL (COALESCE has another value), body NULL (an old body)
-- parameters: title NULL (the title stays), set_body NOT NULL (a condition), body NULL (a nullable column)
UPDATE tasks SET title = coalesce(@title, title), body = CASE WHEN @set_body::bool THEN @body ELSE body END
RETURNING title, body;

-- name: OptionalStrict :many
-- columns: echo NOT NULL (a NULL argument lets no row through)
-- parameters: wanted NULL (sqlc.narg)
SELECT sqlc.narg(wanted)::bigint AS echo FROM tasks WHERE id = sqlc.narg(wanted);

SELECT 'no annotation, so passed over';

-- name: GetAuthor :one
SELECT id, name FROM author WHERE id = $1;

CREATE INDEX ON author (name);

/* name: ListAuthors :many */
SELECT id, name
FROM author
ORDER BY name;

-- name: DropAuthor :exec
DELETE FROM author WHERE id = $1

-- name: ListAuthors :many
SELECT id, name FROM authors ORDER BY name @direction;

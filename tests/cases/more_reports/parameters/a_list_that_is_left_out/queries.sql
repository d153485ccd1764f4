-- name: OtherAuthors :many
SELECT name FROM authors WHERE id NOT IN (@ids);

-- name: Shout :many
SELECT uper(name) FROM authors;

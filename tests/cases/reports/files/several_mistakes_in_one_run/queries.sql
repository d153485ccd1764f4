-- name: First :many
SELECT nope FROM authors;

-- name: Second :many
SELECT id FROM nowhere;

-- name: Fine :many
SELECT id FROM authors;

-- name: Third :one
SELECT count(*) FROM authors WHERE id = 'x';

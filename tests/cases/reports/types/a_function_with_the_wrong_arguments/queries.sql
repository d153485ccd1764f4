-- name: Pad :many
SELECT lpad(name, 'x', 3) FROM authors;

-- name: list-authors :many
SELECT id FROM authors;

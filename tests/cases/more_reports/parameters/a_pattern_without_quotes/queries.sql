-- name: FindAuthors :many
SELECT id FROM authors WHERE name ILIKE %@name%;

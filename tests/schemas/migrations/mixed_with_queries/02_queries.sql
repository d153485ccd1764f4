-- name: GetAuthor :one
SELECT * FROM authors WHERE id = @id LIMIT 1;

-- name: CreateAuthor :one
INSERT INTO authors (name, bio) VALUES (sqlc.arg(name), sqlc.narg(bio)) RETURNING *;

CREATE VIEW named AS SELECT id, name FROM authors;

-- name: Rename :exec
UPDATE authors SET name = $2 WHERE id = $1;

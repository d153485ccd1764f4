-- name: CreateAuthor :one
INSERT INTO authors (name) VALUES (@name) RETURNING;

-- name: CreateAuthor :one
INSERT OR IGNORE INTO authors (name) VALUES (@name) RETURNING id;

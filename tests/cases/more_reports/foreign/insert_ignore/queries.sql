-- name: CreateAuthor :exec
INSERT IGNORE INTO authors (name) VALUES (@name);

-- name: CreateAuthor :exec
INSERT INTO authors (name) VALUES (@name) ON DUPLICATE KEY UPDATE name = @name;

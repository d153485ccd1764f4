-- name: CreateAuthor :exec
INSERT INTO authors (name) VALUES (@name) ON CONFLICT (name) DO NOTHING;

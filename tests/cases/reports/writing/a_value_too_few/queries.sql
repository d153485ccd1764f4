-- name: CreateAuthor :exec
INSERT INTO authors (name, bio) VALUES (@name);

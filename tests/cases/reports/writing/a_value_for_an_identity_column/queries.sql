-- name: CreateAuthor :exec
INSERT INTO authors (id, name) VALUES (@id, @name);

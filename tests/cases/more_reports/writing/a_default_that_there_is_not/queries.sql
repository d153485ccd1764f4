-- name: CreateAuthor :exec
INSERT INTO authors (name) VALUES (DEFAULT);

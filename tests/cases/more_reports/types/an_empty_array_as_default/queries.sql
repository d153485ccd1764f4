-- name: CreateUser :exec
INSERT INTO users (id, code, settings, tags)
VALUES (@id, @code, @settings, coalesce(@tags, '{}'));

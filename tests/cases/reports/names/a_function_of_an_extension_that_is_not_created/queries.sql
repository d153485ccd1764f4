-- name: CreateToken :exec
INSERT INTO tokens (id) VALUES (uuid_generate_v4());

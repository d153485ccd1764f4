-- name: AddTag :one
INSERT INTO tags (id, label) VALUES (NULL, @label) RETURNING *;

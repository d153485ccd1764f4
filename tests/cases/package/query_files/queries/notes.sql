-- name: First :one
SELECT note FROM notes WHERE id = @id;

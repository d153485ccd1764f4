-- name: Second :one
SELECT id FROM notes WHERE note = @note;

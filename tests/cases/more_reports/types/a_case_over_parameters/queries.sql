-- name: SetTags :exec
UPDATE users SET tags = CASE WHEN code = '' THEN @tags ELSE '{}' END WHERE id = @id;

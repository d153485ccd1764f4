-- name: RenameBook :exec
UPDATE books SET titel = @title WHERE id = @id;

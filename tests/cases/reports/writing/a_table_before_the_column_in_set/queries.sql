-- name: RenameBook :exec
UPDATE books b SET b.title = @title WHERE b.id = @id;

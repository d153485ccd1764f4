-- name: RenameAuthor :exec
BEGIN;
UPDATE authors SET name = @name WHERE id = @id;
COMMIT;

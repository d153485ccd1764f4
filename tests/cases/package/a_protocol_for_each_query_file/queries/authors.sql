-- name: GetAuthor :one
SELECT * FROM authors WHERE id = @id;
-- name: RenameAuthor :exec
UPDATE authors SET name = @name WHERE id = @id;

-- name: get-author^
SELECT name FROM authors WHERE id = @id;

-- name: rename_author!
UPDATE authors SET name = @name WHERE id = @id;

-- name: FindBooks :many
-- @optional name
SELECT b.title, a.name FROM books b LEFT JOIN authors a ON a.id = b.author_id AND a.name = @name;

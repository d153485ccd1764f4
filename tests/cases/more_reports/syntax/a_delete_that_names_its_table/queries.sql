-- name: DeleteBooks :exec
DELETE b FROM books b INNER JOIN authors a ON a.id = b.author_id WHERE a.name = @name;

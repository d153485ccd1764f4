-- name: DeleteBooks :exec
DELETE FROM books JOIN authors ON authors.id = books.author_id WHERE authors.name = @name;

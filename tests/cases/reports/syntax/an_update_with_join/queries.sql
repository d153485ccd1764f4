-- name: RenameBooks :exec
UPDATE books JOIN authors ON authors.id = books.author_id SET title = authors.name;

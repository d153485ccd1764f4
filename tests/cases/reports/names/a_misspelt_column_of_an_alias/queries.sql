-- name: ListBooks :many
SELECT b.title, a.nam FROM books b JOIN authors a ON a.id = b.author_id;

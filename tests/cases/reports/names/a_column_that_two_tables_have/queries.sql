-- name: ListBooks :many
SELECT id, title FROM books JOIN authors ON authors.id = books.author_id;

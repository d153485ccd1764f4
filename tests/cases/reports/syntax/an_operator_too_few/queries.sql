-- name: ListBooks :many
SELECT title FROM books JOIN authors ON authors.id books.author_id;

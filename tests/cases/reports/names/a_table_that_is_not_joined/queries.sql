-- name: ListBooks :many
SELECT title, authors.name FROM books;

-- name: ListBooks :many
SELECT title, 2000 - year AS age FROM books WHERE age > 10;

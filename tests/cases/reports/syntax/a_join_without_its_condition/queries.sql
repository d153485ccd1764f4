-- name: ListBooks :many
SELECT title, name FROM books JOIN authors WHERE year > 2000;

-- name: ListBooks :many
SELECT title FORM books;

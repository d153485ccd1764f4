-- name: ListBooks :many
SELECT title + '!' AS shout FROM books;

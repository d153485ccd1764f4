-- name: ListNames :many
SELECT name FROM authors MINUS SELECT title FROM books;

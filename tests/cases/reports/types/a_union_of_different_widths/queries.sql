-- name: ListNames :many
SELECT name, bio FROM authors UNION SELECT title FROM books;

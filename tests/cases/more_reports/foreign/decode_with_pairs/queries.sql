-- name: ListBooks :many
SELECT title, DECODE(year, 1937, 'old', 'new') AS age FROM books;

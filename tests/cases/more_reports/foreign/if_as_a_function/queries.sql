-- name: ListBooks :many
SELECT title, IF(year > 2000, 'new', 'old') AS age FROM books;

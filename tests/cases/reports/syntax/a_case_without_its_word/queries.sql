-- name: ListBooks :many
SELECT title, WHEN year > 2000 THEN 'new' ELSE 'old' END AS age FROM books;

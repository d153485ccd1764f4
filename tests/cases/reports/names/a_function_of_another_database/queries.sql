-- name: ListBooks :many
SELECT title, ifnull(year, 0) FROM books;

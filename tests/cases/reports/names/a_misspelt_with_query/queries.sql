-- name: ListBooks :many
WITH recent AS (SELECT id, title FROM books WHERE year > 2000)
SELECT title FROM recnt;

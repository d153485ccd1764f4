-- name: Ranked :many
SELECT title, rank() OVER w FROM books;

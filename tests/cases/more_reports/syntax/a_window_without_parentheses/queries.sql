-- name: Ranks :many
SELECT title, rank() OVER PARTITION BY kind ORDER BY year AS place FROM books;

-- name: Ranks :many
SELECT title, rank() OVER (PARTITION BY @part ORDER BY year) AS place FROM books;

-- name: Places :many
SELECT title, row_number() OVER ORDER BY year DESC AS place FROM books;

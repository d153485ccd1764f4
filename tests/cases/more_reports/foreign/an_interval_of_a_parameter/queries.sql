-- name: ListRecent :many
SELECT id, title FROM books WHERE year > extract(year FROM now() - INTERVAL @years YEAR);

-- name: ListBooks :many
SELECT title FROM books WHERE year = extract(year FROM current_date) AND now > '2020-01-01';

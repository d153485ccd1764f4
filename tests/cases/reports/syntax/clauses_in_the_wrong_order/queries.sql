-- name: ListBooks :many
SELECT title FROM books ORDER BY title WHERE year > @year;

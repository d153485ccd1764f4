-- name: ListBooks :many
SELECT * books WHERE year > @year;

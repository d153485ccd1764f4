-- name: ListBooks :many
SELECT title FROM books WITH (NOLOCK) WHERE year = @year;

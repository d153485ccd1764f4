-- name: ListBooks :many
SELECT title FROM books WHERE id = @ids::bigint[];

-- name: ListBooks :many
SELECT sqlc.embed(book) FROM books;

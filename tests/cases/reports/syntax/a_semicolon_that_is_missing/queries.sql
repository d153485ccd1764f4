-- name: ListBooks :many
SELECT title FROM books

-- name: ListAuthors :many
SELECT name FROM authors;

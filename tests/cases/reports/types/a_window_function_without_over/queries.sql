-- name: ListBooks :many
SELECT title, row_number() AS place FROM books;

# name: ListBooks :many
SELECT title FROM books;

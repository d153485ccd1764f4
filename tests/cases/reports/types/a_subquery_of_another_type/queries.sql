-- name: ListBooksOf :many
SELECT title FROM books WHERE author_id IN (SELECT name FROM authors);

-- name: CountBooks :one
SELECT count(id FROM books;

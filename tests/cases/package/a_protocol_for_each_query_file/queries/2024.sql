-- name: CountBooks :one
SELECT count(*) FROM books;

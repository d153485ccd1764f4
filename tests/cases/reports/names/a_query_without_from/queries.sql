-- name: CountBooks :one
SELECT count(title) AS books;

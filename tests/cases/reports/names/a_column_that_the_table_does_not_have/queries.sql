-- name: CountBooks :one
SELECT count(*) FROM books WHERE published > 2000;

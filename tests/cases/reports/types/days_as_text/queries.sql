-- name: CountBooks :one
SELECT count(*) FROM books WHERE make_date(year, 1, 1) > now() - '7 days';

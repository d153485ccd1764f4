-- name: DropOld :exec
TRUNCATE TABLE books WHERE year < 1900;

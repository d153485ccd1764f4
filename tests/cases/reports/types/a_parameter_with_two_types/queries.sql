-- name: FindAuthor :one
SELECT name FROM authors WHERE id = @key OR name = @key;

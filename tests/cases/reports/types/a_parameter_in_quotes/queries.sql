-- name: GetAuthor :one
SELECT name FROM authors WHERE id = '@id';

-- name: FindAuthors :many
SELECT name FROM authors WHERE id = ANY (SELECT title FROM books);

-- name: ListAuthors
SELECT id FROM authors;

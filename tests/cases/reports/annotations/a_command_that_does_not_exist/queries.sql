-- name: ListAuthors :all
SELECT id FROM authors;

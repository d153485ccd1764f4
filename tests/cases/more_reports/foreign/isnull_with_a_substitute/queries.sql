-- name: ListAuthors :many
SELECT name, ISNULL(bio, '') AS bio FROM authors;

-- name: ListAuthors :many
SELECT name, NVL(bio, 'unknown') AS bio FROM authors;

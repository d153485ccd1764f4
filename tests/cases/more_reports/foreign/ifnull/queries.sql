-- name: ListAuthors :many
SELECT name, IFNULL(bio, '') AS bio FROM authors;

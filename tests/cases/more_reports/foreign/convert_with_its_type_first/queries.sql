-- name: ListIds :many
SELECT CONVERT(varchar(20), id) AS id FROM authors;

-- name: Places :many
SELECT CHARINDEX('x', name) AS place FROM authors;

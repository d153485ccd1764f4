-- name: ListBooks :many
SELECT title FROM @table;

-- name: ListNovels :many
SELECT title FROM books WHERE kind = 'novle';

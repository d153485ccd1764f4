-- name: DeleteBook :exec
DELETE FROM books;

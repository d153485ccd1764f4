-- name: CreateBook :exec
INSERT INTO books (author_id, title) VALUES (@author_id, @title);

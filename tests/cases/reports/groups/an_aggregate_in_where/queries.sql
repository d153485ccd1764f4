-- name: ListBooks :many
SELECT author_id FROM books WHERE count(*) > 3 GROUP BY author_id;

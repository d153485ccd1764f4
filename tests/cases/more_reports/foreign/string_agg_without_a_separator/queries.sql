-- name: Titles :many
SELECT author_id, string_agg(title) AS titles FROM books GROUP BY author_id;

-- name: TitlesOfAuthors :many
SELECT author_id, GROUP_CONCAT(title SEPARATOR ', ') AS titles FROM books GROUP BY author_id;

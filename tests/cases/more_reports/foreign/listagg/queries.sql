-- name: TitlesOfAuthors :many
SELECT author_id, LISTAGG(title, ', ') WITHIN GROUP (ORDER BY title) AS titles
FROM books GROUP BY author_id;

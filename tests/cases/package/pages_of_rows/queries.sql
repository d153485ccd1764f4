-- name: ListBooks :many
-- Books by their title, a page at a time.
-- @page (title, id)
SELECT * FROM books ORDER BY title, id LIMIT @most;

-- name: SearchBooks :stream
-- @optional author_id
-- @page
-- @sort newest = published DESC NULLS LAST, b.id DESC
SELECT b.id, b.published, a.name AS author
FROM books b JOIN authors a ON a.id = b.author_id
WHERE b.author_id = @author_id
ORDER BY author, b.id
LIMIT 20;

-- name: Authors :many
-- @page
SELECT sqlc.embed(authors), count(*) AS books
FROM authors JOIN books ON author_id = authors.id
GROUP BY authors.id
ORDER BY books DESC, authors.name, authors.id
LIMIT @most;

-- name: NextId :one
-- @page
SELECT id FROM books ORDER BY id LIMIT 1;

-- name: ByNotes :many
-- @page
SELECT notes, id FROM books WHERE shelf = @after ORDER BY notes, id LIMIT 10;

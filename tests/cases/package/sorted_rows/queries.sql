-- name: ListBooks :many
-- Books in an order that the caller chooses.
-- @sort title = title, id
-- @sort newest = published DESC NULLS LAST, id DESC
SELECT * FROM books ORDER BY id;

-- name: SearchBooks :stream
-- @optional author_id
-- @sort nearest = abs(b.id - @near), b.id
-- @sort "-shelf" = b.shelf DESC NULLS LAST, 1
SELECT b.id, b.title FROM books b
WHERE b.author_id = @author_id
ORDER BY b.id = @near DESC, b.id
LIMIT @most::int;

-- name: ManyOrders :one
-- @optional id, author_id, shelf
-- @sort first_published = published, id
-- @sort last_published = published DESC, id
SELECT id, title FROM books WHERE id = @id AND author_id = @author_id AND shelf = @shelf
ORDER BY title, id LIMIT 1;

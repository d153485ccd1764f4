-- name: SearchBooks :many
-- Books, of an author, with a word in their title, or both.
-- @optional author_id, part
SELECT b.id, b.title, a.name
FROM books b JOIN authors a ON a.id = b.author_id
WHERE b.author_id = @author_id AND b.title ILIKE '%' || @part || '%'
ORDER BY b.id LIMIT @most::int;

-- name: Published :many
-- @optional (first, last)
SELECT id FROM books WHERE published BETWEEN @first AND @last;

-- name: OnShelf :one
-- NULL is the shelf of books that have none.
-- @optional shelf
SELECT count(*) FROM books WHERE shelf IS NOT DISTINCT FROM @shelf AND id <> @id;

-- name: WrittenForAnyCall :many
-- @optional author_id
SELECT id FROM books WHERE (sqlc.narg(author_id)::int IS NULL OR author_id = sqlc.narg(author_id));

-- name: ManyConditions :stream
-- @optional id, author_id, title, shelf, notes
SELECT id, title FROM books
WHERE id = @id AND author_id = @author_id AND title = @title AND shelf = @shelf AND notes @> @notes;

-- name: Clear :execrows
-- @optional shelf
DELETE FROM books WHERE shelf IS NOT DISTINCT FROM @shelf AND published < @before;

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

-- name: UpdateBook :one
-- @partial
UPDATE books SET title = @title, shelf = @shelf WHERE id = @id RETURNING title, shelf;

-- name: TouchBook :execrows
-- @partial title, shelf
-- @optional author_id
UPDATE books SET title = @title, published = now(), shelf = lower(@shelf)
WHERE id = @id AND author_id = @author_id;

-- name: SaveAuthor :exec
-- @partial new_name
INSERT INTO authors (id, name) VALUES (@id, @name) ON CONFLICT (id) DO UPDATE SET name = @new_name;

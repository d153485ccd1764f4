-- name: AddAuthor :one
INSERT INTO authors (name, born) VALUES (@name, @born) RETURNING *;

-- name: GetAuthor :one
SELECT a.*, ARRAY(
    SELECT ROW(b.id, b.title, b.published) FROM books b WHERE b.author_id = a.id ORDER BY b.published, b.id
) AS books
FROM authors a
WHERE a.id = @id;

-- name: DeleteAuthor :execrows
DELETE FROM authors WHERE id = @id;

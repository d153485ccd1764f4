-- name: ListShelves :many
-- @row Shelf
SELECT a.id, ARRAY(SELECT ROW(b.id, b.title) FROM books b WHERE b.author_id = a.id) AS books
FROM authors a;

-- name: ListTitles :many
-- @row Shelf
SELECT a.id, ARRAY(SELECT ROW(b.id, upper(b.title)) FROM books b WHERE b.author_id = a.id) AS books
FROM authors a;

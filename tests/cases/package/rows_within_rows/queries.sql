-- name: AuthorsWithBooks :many
-- Each author with the rows of a table.
SELECT a.id, a.name, ARRAY(SELECT b FROM books b WHERE b.author_id = a.id ORDER BY b.id) AS books
FROM authors a;

-- name: AuthorsWithTitles :many
-- Rows that are made in the query, named after the column.
SELECT a.id, ARRAY(
    SELECT ROW(b.id, b.title, b.notes) FROM books b WHERE b.author_id = a.id ORDER BY b.id
) AS books
FROM authors a;

-- name: AuthorsOfTags :many
-- Two deep. Where nothing names a field, the query does.
-- @fields books = id, words
SELECT a.id, ARRAY(
    SELECT ROW(b.id, ARRAY(SELECT t.word FROM tags t WHERE t.book_id = b.id ORDER BY t.word))
    FROM books b WHERE b.author_id = a.id
) AS books
FROM authors a;

-- name: TaggedBooks :many
-- The rows of a subquery, whose columns have names.
SELECT a.id, ARRAY(
    SELECT s FROM (
        SELECT b.title, ARRAY(SELECT ROW(t.word, t.at) FROM tags t WHERE t.book_id = b.id) AS tags
        FROM books b WHERE b.author_id = a.id
    ) AS s
) AS books
FROM authors a;

-- name: GetBook :one
-- A row that is all there is.
-- @fields row = id, title, author
SELECT ROW(b.id, b.title, ROW(a.id, a.name)) FROM books b JOIN authors a ON a.id = b.author_id
WHERE b.id = @id;

-- name: Doubled :many
-- Tuples, since nothing names the second field.
SELECT a.id, ARRAY(SELECT ROW(b.id, b.price * 2) FROM books b WHERE b.author_id = a.id) AS books
FROM authors a;

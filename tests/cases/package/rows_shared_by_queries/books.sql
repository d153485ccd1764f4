-- name: AuthorsWithBooks :many
-- @row AuthorWithBooks
SELECT a.id, ARRAY(SELECT ROW(b.id, b.title, b.notes) FROM books b WHERE b.author_id = a.id) AS books
FROM authors a;

-- name: GetAuthorWithBooks :one
-- @row AuthorWithBooks
SELECT ARRAY(
    SELECT ROW(b.id, b.title, b.notes) FROM books b WHERE b.author_id = a.id AND b.notes IS NOT NULL
) AS books, a.id
FROM authors a WHERE a.id = @id;

-- name: TagsOfAuthors :many
-- @row TagOfAuthor
SELECT t.word, sqlc.embed(a) FROM tags t JOIN books b ON b.id = t.book_id JOIN authors a ON a.id = b.author_id;

-- name: TagsAndPerhapsAuthors :many
-- @row TagOfAuthor
SELECT sqlc.embed(a), t.word
FROM tags t LEFT JOIN books b ON b.id = t.book_id AND b.price > 1 LEFT JOIN authors a ON a.id = b.author_id;

-- name: Words :many
-- One column is a row too, if it is said to be one.
-- @row Word
SELECT DISTINCT word FROM tags;

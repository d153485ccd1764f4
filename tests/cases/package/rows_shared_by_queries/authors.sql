-- name: GetAuthor :one
-- @row AuthorSummary
SELECT a.id, a.name, a.born, count(b.id) AS books
FROM authors a LEFT JOIN books b ON b.author_id = a.id WHERE a.id = @id GROUP BY a.id;

-- name: BornAuthors :many
-- Other columns' order, and no NULL in one of them.
-- @row AuthorSummary
SELECT a.born, a.name, 0::bigint AS books, a.id FROM authors a WHERE a.born < @before;

-- name: FindAuthor :one
-- The model of the table.
-- @row Author
SELECT name, id, born FROM authors WHERE name = @name LIMIT 1;

-- name: CopyAuthors :copyfrom
-- @params NewAuthor
INSERT INTO authors (id, name, born) VALUES (@id, @name, @born);

-- name: AddAuthors :many
-- @rows
-- @params NewAuthor
INSERT INTO authors (id, name, born)
SELECT u.id, u.name, u.born FROM unnest(@id::bigint[], @name::text[], @born::date[]) AS u (id, name, born)
RETURNING id;

-- name: DeleteAuthors :batchexec
-- @params AuthorKey
DELETE FROM authors WHERE id = @id;

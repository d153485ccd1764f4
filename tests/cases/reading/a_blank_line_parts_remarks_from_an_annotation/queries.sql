-- Everything about authors.
/* More of the file. */

-- ==== Reading ====
 
-- One author
-- by its number.
-- name: GetAuthor :one

-- At once below.
SELECT * FROM authors WHERE id = $1;

-- ==== Writing ====

-- name: DeleteAuthor :exec
DELETE FROM authors WHERE id = $1;
-- Of the next one,
-- @nonnull name

-- name: ListNames :many
SELECT name FROM authors;

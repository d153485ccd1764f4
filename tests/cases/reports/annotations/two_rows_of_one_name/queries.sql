-- name: GetBook :one
-- @row BookSummary
SELECT id, title FROM books WHERE id = @id;

-- name: ListBooks :many
-- @row BookSummary
SELECT id::text, year FROM books;

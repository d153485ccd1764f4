-- name: BooksOf :many
SELECT * FROM books WHERE author_id = @author_id;
-- name: Protocols :stream
SELECT * FROM books_protocol;

-- name: AddBook :one
-- Adds a book.
INSERT INTO books (id, author, isbn) VALUES (@id, @author, @isbn) RETURNING *;

-- name: AddAuthors :copyfrom
INSERT INTO authors (id, name, class) VALUES (@id, @name, @class);

-- name: AddOrder :batchone
INSERT INTO shop.orders VALUES (@id, @book, @amount, @error) RETURNING id;

-- name: DropAuthor :execrows
DELETE FROM authors WHERE id = @id;

-- name: NameAuthor :exec
UPDATE authors SET name = (SELECT isbn FROM books WHERE books.id = @book_id);

-- name: Authors :stream
SELECT * FROM authors;

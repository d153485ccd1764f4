-- name: ListBooks :many
-- @optional author_id, part, binding, cheapest, dearest
-- @sort title = b.title, b.id
-- @sort price = b.price, b.id
-- @page
SELECT b.id, b.title, a.name AS author, b.binding, b.price, b.published
FROM books b JOIN authors a ON a.id = b.author_id
WHERE b.author_id = @author_id
  AND position(lower(@part) IN lower(b.title)) > 0
  AND b.binding = @binding
  AND b.price >= @cheapest
  AND b.price <= @dearest
ORDER BY b.published DESC, b.id DESC
LIMIT @most::int;

-- name: GetBook :one
SELECT b.*, sqlc.embed(a), ARRAY(
    SELECT ROW(r.id, r.stars, r.body) FROM reviews r WHERE r.book_id = b.id ORDER BY r.id
) AS reviews
FROM books b JOIN authors a ON a.id = b.author_id
WHERE b.id = @id;

-- name: AddBook :one
INSERT INTO books (author_id, isbn, title, binding, price, published, blurb)
VALUES (@author_id, @isbn, @title, @binding, @price, @published, @blurb)
RETURNING *;

-- name: EditBook :one
-- @partial
UPDATE books
SET isbn = @isbn, title = @title, binding = @binding, price = @price, published = @published, blurb = @blurb
WHERE id = @id
RETURNING *;

-- name: DeleteBook :execrows
DELETE FROM books WHERE id = @id;

-- name: AddReview :one
INSERT INTO reviews (book_id, stars, body) VALUES (@book_id, @stars, @body) RETURNING *;

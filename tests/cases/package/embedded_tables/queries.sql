-- name: BooksAndAuthors :many
SELECT sqlc.embed(books), sqlc.embed(authors), upper(books.title) AS loud
FROM shop.books JOIN authors ON authors.id = books.author_id;

-- name: AuthorsAndPerhapsBooks :many
SELECT sqlc.embed(a), sqlc.embed(b) FROM authors a LEFT JOIN shop.books b ON b.author_id = a.id;

-- name: Namesakes :many
SELECT sqlc.embed(one), sqlc.embed(other)
FROM authors one JOIN authors other ON one.name = other.name AND one.id < other.id;

-- name: FromSubquery :many
SELECT a.id, sqlc.embed(latest) FROM authors a
JOIN (SELECT author_id, max(id) AS id FROM shop.books GROUP BY author_id) AS latest
    ON latest.author_id = a.id;

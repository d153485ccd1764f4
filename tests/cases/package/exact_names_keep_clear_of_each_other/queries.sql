-- name: Author :one
SELECT * FROM author WHERE id = @author;

-- name: Entries :many
SELECT sqlc.embed(author), sqlc.embed(entry)
FROM "guest-book" AS entry JOIN author ON author.id = entry.author;

-- name: Guest :many
SELECT * FROM "guest-book";

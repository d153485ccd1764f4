-- name: ListAuthors :many
SELECT * FROM authors;

-- name: ListBooks :many
SELECT * FROM press.books;

-- name: SetBio :exec
UPDATE authors SET bio = @bio WHERE id = @id;

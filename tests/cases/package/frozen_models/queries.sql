-- name: GetAuthor :one
-- One author, if there is one of that number.
SELECT * FROM authors WHERE id = @id;

-- name: ListNames :many
SELECT name, mood FROM authors WHERE mood = ANY(@moods::mood[]) ORDER BY name;

-- name: SetNotes :exec
UPDATE authors SET notes = @notes WHERE id = @id;

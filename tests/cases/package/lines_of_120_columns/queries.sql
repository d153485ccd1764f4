-- name: GetAuthor :one
-- One author, if there is one of that number.
SELECT * FROM authors WHERE id = @id;

-- name: ListNames :many
SELECT name, mood FROM authors WHERE mood = ANY(@moods::mood[]) ORDER BY name;

-- name: SetNotes :exec
UPDATE authors SET notes = @notes WHERE id = @id;

-- name: FindAuthors :one
SELECT name, mood, born, notes, id AS number_of_the_author, name || ' of ' || id AS name_with_number FROM authors LIMIT 1;

-- name: AddNote :one
INSERT INTO notes VALUES (@id, @certain, @perhaps, @size, @vector, @several) RETURNING certain;

-- name: AddVector :one
INSERT INTO notes (id, certain, size, vector) VALUES (@id, '{}', 0, @vector) RETURNING vector;

-- name: GetPerhaps :one
SELECT perhaps FROM notes WHERE id = @id;

-- name: GetSeveral :one
SELECT id, several FROM notes WHERE id = @id;

-- name: StreamNotes :stream
SELECT certain FROM notes;

-- name: GetNotes :batchone
SELECT perhaps FROM notes WHERE id = @id;

-- name: Abs :many
-- The function has the name of what makes its rows.
SELECT size FROM notes WHERE size <> @abs;

-- name: One :one
SELECT id, name FROM authors WHERE id = @id;

-- name: OneCertain :one
SELECT count(*) AS authors, max(born) AS youngest FROM authors;

-- name: OneValue :one
SELECT name FROM authors WHERE id = @id;

-- name: OneCertainValue :one
SELECT count(*) FROM authors;

-- name: Many :many
SELECT id, name FROM authors;

-- name: ManyValues :many
SELECT mood FROM authors WHERE id IN (sqlc.slice(ids));

-- name: Exec :exec
DELETE FROM authors WHERE id = @id;

-- name: Execrows :execrows
DELETE FROM authors;

-- name: Execresult :execresult
DELETE FROM authors;

-- name: Copyfrom :copyfrom
INSERT INTO authors (name, notes) VALUES (@name, @notes);

-- name: CopyfromCast :copyfrom
INSERT INTO authors (notes, name) VALUES (sqlc.narg(remarks)::jsonb, @name::text);

-- name: CopyfromElsewhere :copyfrom
INSERT INTO archive.names (name) VALUES (@name);

-- name: Batchexec :batchexec
UPDATE authors SET name = @name WHERE id = @id;

-- name: Batchmany :batchmany
SELECT id, name FROM authors WHERE mood = @mood;

-- name: Batchone :batchone
SELECT name FROM authors WHERE id = @id;

-- name: BatchoneCertain :batchone
INSERT INTO authors (name) VALUES (@name) RETURNING id;

-- name: Stream :stream
SELECT * FROM authors WHERE mood = @mood;

-- name: OneStep :one
SELECT * FROM steps WHERE step_number = @step_number;

-- name: Steps :many
SELECT * FROM steps WHERE step_number <= @most::int;

-- name: OnePoint :one
SELECT * FROM points WHERE id = @id;

-- name: Points :many
SELECT * FROM points WHERE id <= @most::int;

-- name: StreamPoints :stream
SELECT * FROM points WHERE id <= @most::int;

-- name: CopyPoints :copyfrom
INSERT INTO points (id, name, weight) VALUES (@id, @name, @weight);

-- name: InsertPoints :batchexec
INSERT INTO points (id, name, weight) VALUES (@id, @name, @weight);

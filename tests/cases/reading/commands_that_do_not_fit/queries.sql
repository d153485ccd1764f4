-- name: OneInsert :one
INSERT INTO author (name) VALUES ($1);

-- name: ManyUpdate :many
UPDATE author SET name = $1;

-- name: BatchOneDelete :batchone
DELETE FROM author WHERE id = $1;

-- name: BatchManyMerge :batchmany
MERGE INTO author a USING other o ON a.id = $1 WHEN MATCHED THEN DELETE;

-- name: StreamInsert :stream
INSERT INTO author (name) VALUES ($1);

-- name: Returning :one
INSERT INTO author (name) VALUES ($1) RETURNING id;

-- name: ExecReturning :exec
INSERT INTO author (name) VALUES ($1) RETURNING id;

-- name: BatchWithout :batchexec
DELETE FROM author;

-- name: CopySelect :copyfrom
SELECT $1;

-- name: CopyConflict :copyfrom
INSERT INTO author (name) VALUES ($1) ON CONFLICT DO NOTHING;

-- name: CopyWith :copyfrom
WITH a AS (SELECT 1) INSERT INTO author (name) VALUES ($1);

-- name: CopyReturning :copyfrom
INSERT INTO author (name) VALUES ($1) RETURNING id;

-- name: CopyFromSelect :copyfrom
INSERT INTO author (name) SELECT $1;

-- name: CopyTwoRows :copyfrom
INSERT INTO author (name) VALUES ($1), ($2);

-- name: CopyDefaults :copyfrom
INSERT INTO author DEFAULT VALUES;

-- name: CopyConstant :copyfrom
INSERT INTO author (name, age) VALUES ($1, 1);

-- name: CopyCast :copyfrom
INSERT INTO author (name) VALUES ($1::text);

-- name: Copy :copyfrom
INSERT INTO author (name, age) VALUES ($1, @age);

-- name: OtherStatements :one
CALL tidy();

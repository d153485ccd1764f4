-- name: GetSample :one
SELECT *
FROM samples
WHERE id = $1 LIMIT 1;

-- name: SampleMade :one
SELECT made FROM samples WHERE id = $1;

-- name: SamplesWithInner :many
SELECT samples.*, sqlc.embed(inner_samples) FROM samples JOIN inner_samples ON inner_samples.table_id = samples.id WHERE samples.id = $1;

-- name: AddInner :exec
INSERT INTO inner_samples (table_id, price, host, path, class, "1st") VALUES ($1, $2, $3, $4, $5, $6);

-- name: UpdateResult :execresult
UPDATE samples SET serial4 = 187 WHERE samples.id = $1;

-- name: CreateRowsTable :execrows
CREATE TABLE made_rows
(
    id   int PRIMARY KEY NOT NULL
);

-- name: CopySamples :copyfrom
INSERT INTO samples (id, serial4, small, ratio, single, exact, price, ok, doc, docb, raw, day, at, atz, made, madez, long, short,
  padded, letter, folded, key, host, net, mac, mac8, path, pattern, words)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29);

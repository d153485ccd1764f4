-- name: Unknown :one
SELECT sqlc.argh(x);

-- name: Two :one
SELECT sqlc.arg(a, b);

-- name: None :one
SELECT sqlc.narg();

-- name: Number :one
SELECT sqlc.slice(1);

-- name: Expression :one
SELECT sqlc.arg(a + f(b, c));

-- name: Empty :one
SELECT sqlc.arg('');

-- name: Open :one
SELECT sqlc.arg(a

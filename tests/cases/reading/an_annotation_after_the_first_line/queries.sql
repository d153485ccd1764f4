SELECT id
-- name: GetAuthor :one
-- name: Ignored :many
FROM author; -- name: NotInColumnZero :one
SELECT 2;-- name: RightAfterTheSemicolon :one
SELECT 3;

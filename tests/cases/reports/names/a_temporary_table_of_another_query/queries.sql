-- name: PickBooks :exec
CREATE TEMP TABLE picked AS SELECT id FROM books;

-- name: ListPicked :many
SELECT id FROM picked;

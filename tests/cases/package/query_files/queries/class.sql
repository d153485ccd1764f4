-- name: Models :many
-- A function of this name is reached through its module and querier.
SELECT * FROM notes;

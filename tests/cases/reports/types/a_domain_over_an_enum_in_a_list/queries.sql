-- name: Feeling :many
SELECT id FROM people WHERE feeling IN (sqlc.slice(feelings));

-- name: FeelingAny :many
SELECT id FROM people WHERE feeling = ANY (@feelings);

-- name: FeelingOne :many
SELECT id FROM people WHERE feeling = @feeling;

-- name: AddTrip :one
INSERT INTO trips VALUES (@id, @trip, @between, @all, @seen) RETURNING *;

-- name: Starts :many
SELECT (trip).start FROM trips;

-- name: Whole :one
SELECT trips FROM trips WHERE id = @id;

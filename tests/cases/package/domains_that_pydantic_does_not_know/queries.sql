-- name: GetJourney :one
SELECT * FROM journeys WHERE id = @id;

-- name: ListTrips :many
SELECT id, corner, tour FROM journeys WHERE home ~= @home;

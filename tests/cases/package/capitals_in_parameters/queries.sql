-- name: ListVisits :many
SELECT * FROM visits WHERE guest_name = @guestName::text AND room_number = ANY(@roomNumbers::int[]);

-- name: SetGuest :exec
UPDATE visits SET guest_name = sqlc.arg(newName) WHERE guest_name = sqlc.arg('oldName') OR id = @visitID;

-- name: SameName :many
SELECT id FROM visits WHERE guest_name = @Guest OR guest_name = @guest;

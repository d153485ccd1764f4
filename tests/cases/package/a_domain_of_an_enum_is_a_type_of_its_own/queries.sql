-- name: PaintOf :one
SELECT paint FROM walls WHERE id = @id;

-- name: Walls :many
SELECT * FROM walls;

-- name: PaintWall :exec
UPDATE walls SET paint = @paint, layers = @layers, primer = @primer WHERE id = @id;

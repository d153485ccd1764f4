-- name: ListCars :many
SELECT * FROM cars;

-- name: ListRents :many
SELECT * FROM rents;

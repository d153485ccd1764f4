-- name: SetYear :exec
UPDATE books SET year = @year;

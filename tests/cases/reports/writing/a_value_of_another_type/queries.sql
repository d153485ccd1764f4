-- name: UpdateBooks :exec
UPDATE books SET year = title;

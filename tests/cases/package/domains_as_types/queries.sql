-- name: GetContact :one
SELECT * FROM contacts WHERE email = @email;

-- name: AddContact :exec
INSERT INTO contacts (id, email, work) VALUES (@id, @email, @work);

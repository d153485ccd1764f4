-- name: ListEmails :many
SELECT profiles.name, users.email FROM profiles JOIN auth.users ON users.id = profiles.id;

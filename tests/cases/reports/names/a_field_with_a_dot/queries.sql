-- name: ListThemes :many
SELECT settings.theme FROM users;

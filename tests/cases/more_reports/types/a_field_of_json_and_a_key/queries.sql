-- name: ListFriends :many
SELECT a.id FROM users a JOIN users b ON a.settings->>'friend' = b.id;

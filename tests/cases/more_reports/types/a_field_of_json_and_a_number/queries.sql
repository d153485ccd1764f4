-- name: ListAdults :many
SELECT id FROM users WHERE settings->>'age' > 18;

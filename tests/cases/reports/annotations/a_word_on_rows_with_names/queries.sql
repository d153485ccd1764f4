-- name: Titles :many
-- @rows title
SELECT u.title FROM unnest(@title::text[]) AS u (title);

-- Whoever wrote something.
--   Indentation of the remark stays.
-- name: ListAuthors :many
/* Sorted by name. */
SELECT id, -- the key
    -- a remark of its own line, indented
    name
-- left out of the SQL
FROM author
/*+ SeqScan(author) */
ORDER BY name /* not a whole line */
/* first
   second */
-- the last word
;

/* on a line */ DROP TABLE books;

/* part */ /* of a line */
-- name: Second :one
    SELECT '
-- name: Inside :one
/* a string, */
-- not comments
';

-- What comes before the name is documentation too.
-- name: Before :many
SELECT * FROM notes;

-- name: Quotes :many
-- "Quoted" and \ and """ and a last "word"
SELECT id FROM notes;

-- name: Lines :exec
--
-- The first line.
--
--   Indented.
--
DELETE FROM notes WHERE note = E'"""\\' OR note = '\';

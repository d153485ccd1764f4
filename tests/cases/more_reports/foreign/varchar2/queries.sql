-- name: ListIds :many
SELECT id::varchar2 AS id FROM authors;

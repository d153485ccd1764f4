-- name: Annotated :many
SELECT note FROM notes WHERE note LIKE @part;

-- name: ListAuthors :many
-- Everyone.
-- @json details = __import__("os").system("touch here")
SELECT id, details FROM authors;

-- name: ListNames :many
-- @json detials = my_app.types.Details
SELECT name, details FROM authors;

-- name: ListDetails :many
-- @json name = my_app.types.Name
-- @json details my_app.types.Details
SELECT name, details FROM authors;

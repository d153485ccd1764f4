-- name: ListTags :many
SELECT id FROM tags;

-- name: ListLabels :many
SELECT id, tag FROM labels;

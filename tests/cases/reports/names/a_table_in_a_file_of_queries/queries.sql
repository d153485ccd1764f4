CREATE TABLE publishers (id int PRIMARY KEY, name text NOT NULL);

-- name: ListPublishers :many
SELECT name FROM publishers;

-- name: GetUser :one
-- Without what nobody is to see.
-- @omit secret
SELECT * FROM users WHERE id = @id;

-- name: PostsWithUsers :many
-- @omit search, u.secret, u.tags
-- @page
-- @sort email = u.email, p.id
SELECT sqlc.embed(p), sqlc.embed(u) FROM posts p LEFT JOIN users u ON u.id = p.user_id
ORDER BY p.id LIMIT 20;

-- name: BothIds :many
-- @omit p.id, search, secret, tags
SELECT * FROM users u JOIN posts p ON p.user_id = u.id ORDER BY p.at, u.email;

-- name: AddUser :one
-- @row Seen
-- @omit secret, tags
INSERT INTO users (id, email, secret) VALUES (@id, @email, @secret) RETURNING *;

-- name: SeenUsers :stream
-- @row Seen
SELECT id, email FROM users;

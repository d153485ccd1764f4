-- name: SetTitle :exec
INSERT INTO books (id, title) OVERRIDING SYSTEM VALUE VALUES (@id, @title)
ON CONFLICT (id) DO UPDATE SET title = excluded.title;

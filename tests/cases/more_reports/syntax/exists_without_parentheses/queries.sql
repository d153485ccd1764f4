-- name: HasBooks :one
SELECT EXISTS SELECT 1 FROM books WHERE author_id = @author_id;

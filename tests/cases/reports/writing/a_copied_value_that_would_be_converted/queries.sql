-- name: CopyBooks :copyfrom
INSERT INTO books (author_id, title, kind, year)
VALUES (@author_id::bigint, @title::varchar(20), @kind::book_kind, @year::text::int);

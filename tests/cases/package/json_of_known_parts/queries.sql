-- name: AuthorsWithBooks :many
-- A list of objects that are made key by key.
-- @json books
SELECT a.id, (
    SELECT coalesce(
        json_agg(json_build_object('id', b.id, 'title', b.title, 'price', b.price) ORDER BY b.id),
        '[]'
    )
    FROM books b WHERE b.author_id = a.id
) AS books
FROM authors a;

-- name: AuthorsWithWholeBooks :many
-- Rows of a table are objects of its model.
-- @json books
SELECT a.id, jsonb_agg(b ORDER BY b.id) FILTER (WHERE b.id IS NOT NULL) AS books
FROM authors a LEFT JOIN books b ON b.author_id = a.id
GROUP BY a.id;

-- name: GetAuthor :one
-- An object that is all there is.
-- @json to_jsonb
SELECT to_jsonb(a) FROM authors a WHERE id = @id;

-- name: GetBook :one
-- An object of a class of its own.
-- @json row_to_json
SELECT row_to_json(s)
FROM (SELECT id, title AS "class", notes AS "the notes", NULL AS empty FROM books) s
WHERE s.id = @id;

-- name: ShelvesOfTags :many
-- Three deep, in a subquery, and with keys that are values.
-- @json shelf, words, "count"
SELECT s.id, s.shelf, s.words, to_json(s.n) AS count
FROM (
    SELECT a.id, count(*) AS n, json_object_agg(b.title, (
        SELECT json_agg(json_build_object('word', t.word, 'at', t.at)) FROM tags t
        WHERE t.book_id = b.id
    )) AS shelf, json_build_array(a.home, max(b.mood), json_agg(b.notes)) AS words
    FROM authors a JOIN books b ON b.author_id = a.id
    GROUP BY a.id
) s;

-- name: ListSummaries :many
-- @row Summary
-- @json books
SELECT a.id, json_agg(json_build_object('notes', b.notes, 'whole', b)) AS books
FROM authors a JOIN books b ON b.author_id = a.id GROUP BY a.id;

-- name: GetSummary :one
-- @row Summary
-- @json books
SELECT a.id, (
    SELECT json_agg(json_build_object('notes', b.notes, 'whole', b)) FROM books b
    WHERE b.author_id = a.id
) AS books
FROM authors a WHERE a.id = @id;

-- name: AnyJson :many
-- Nothing is asked for, so this is any json.
SELECT json_agg(json_build_object('id', b.id)) AS books FROM books b;

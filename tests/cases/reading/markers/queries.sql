-- name: Named :many
SELECT id FROM author WHERE name = @name AND bio = @Bio OR name = @name;

-- name: Macros :many
SELECT id FROM author
WHERE id = sqlc.arg(id) AND name = SQLC.Narg('Full Name') AND id IN (sqlc.slice(ids))
  AND bio = sqlc.arg("Bio") AND age = sqlc . arg /* here */ ( author.age );

-- name: Embeds :many
SELECT sqlc.embed(author), sqlc.embed(public.book) FROM author JOIN book ON true;

-- name: Numbers :many
SELECT $2::int, @first, $4::int, @second, @third, $2, @first;

-- name: Untouched :many
SELECT '@name', "@name", $$ @name sqlc.arg(x) $$, -- @name
  /* sqlc.arg(x) */ @ -1, @(-1), a @> b, a <@ b, a @@ b, sqlc.arg, sqlc.arg FROM t;

-- name: Spaced :many
SELECT @ value FROM t;

-- name: KeywordsAsNames :many
SELECT 1 LIMIT @limit OFFSET @offset;

-- name: Glued :many
SELECT id FROM author WHERE id=@id AND age>=@age AND tags<@tags;

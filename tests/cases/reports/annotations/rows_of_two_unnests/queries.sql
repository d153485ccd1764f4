-- name: TitlesAndYears :many
-- @rows
SELECT t.title, y.year FROM unnest(@titles::text[]) AS t (title), unnest(@years::int[]) AS y (year);

-- Functions of dates and times that give NULL for infinity, and which values can be that.

-- name: DefaultIsInfinity :many
-- columns: month NULL (the default is infinity), until_text NULL (likewise), until_time NULL (likewise), opened_month NOT NULL (nothing says that it may be infinite)
SELECT extract(month FROM open_until) AS month, to_char(open_until, 'YYYY') AS until_text,
       open_until::time AS until_time, extract(month FROM opened) AS opened_month
FROM contracts;

-- name: FieldsOfInfinity :many
-- columns: year NOT NULL (infinity has one), epoch NOT NULL (likewise), day NULL (it has none)
SELECT extract(year FROM open_until) AS year, extract(epoch FROM open_until) AS epoch,
       extract(day FROM open_until) AS day FROM contracts;

-- name: CheckSaysInfinity :many
-- columns: year NULL (the CHECK allows it)
SELECT to_char(signed, 'YYYY') AS year FROM contracts;

-- name: QuerySaysInfinity :many
-- columns: id NOT NULL (key)
SELECT id FROM contracts WHERE ended = 'infinity';

-- name: AnotherQuerySaidInfinity :many
-- columns: year NULL (another query compares it with infinity)
SELECT to_char(ended, 'YYYY') AS year FROM contracts;

-- name: DomainIsInfinity :many
-- columns: year NULL (the default of its domain)
SELECT to_char(noticed, 'YYYY') AS year FROM contracts;

-- name: InfinityFromBelow :many
-- columns: year NULL (made of such a column), highest NULL (likewise), whole NOT NULL (not made of it)
SELECT to_char(s.until, 'YYYY') AS year, to_char(max(s.until), 'YYYY') AS highest,
       to_char(s.opened + interval '1 day', 'YYYY') AS whole
FROM (SELECT greatest(open_until, now()) AS until, opened FROM contracts) s GROUP BY s.until, s.opened;

-- name: Finite :many
-- columns: year NOT NULL (tested), other NULL (another column), anyway NOT NULL (only where it is finite)
SELECT to_char(open_until, 'YYYY') AS year, to_char(signed, 'YYYY') AS other,
       CASE WHEN isfinite(signed) THEN to_char(signed, 'YYYY') ELSE '' END AS anyway
FROM contracts WHERE isfinite(open_until);

-- name: InfiniteParameter :one
-- columns: year NULL (a caller may pass datetime.max), week NOT NULL (no function of an interval)
SELECT to_char(@at::timestamptz, 'YYYY') AS year, to_char(@span::interval, 'DD') AS week;

-- name: InfinityOfText :many
-- columns: year NULL? (a text may spell it)
SELECT to_char(left('2020-01-01' || title, 10)::date, 'YYYY') AS year FROM tasks;

-- name: InfinityOfASeries :many
-- columns: day NOT NULL (a series to infinity has no end)
SELECT to_char(d, 'YYYY') AS day FROM generate_series(@low::date, @high::date, '1 day') d
WHERE @high::date - @low::date < 40;

-- name: InfinityWritten :many
-- columns: epoch NULL (written out), other NOT NULL (a plain constant)
SELECT extract(month FROM timestamp 'infinity') AS epoch, extract(month FROM date '2020-01-01') AS other;

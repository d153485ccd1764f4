-- name: MakeFunction :exec
CREATE FUNCTION twice(a int) RETURNS int LANGUAGE sql
BEGIN ATOMIC
  SELECT CASE WHEN a > 0 THEN a * 2 END AS end;
  SELECT a;
END;

-- name: MakeRule :exec
CREATE RULE log AS ON INSERT TO author DO ALSO (NOTIFY a; NOTIFY b);

-- name: Block :exec
DO $body$ BEGIN PERFORM 1; END $body$;

-- name: Last :one
SELECT 1;

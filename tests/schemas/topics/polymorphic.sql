-- Functions of every kind: modes, defaults, polymorphism, variadics, aggregates, operators, casts.
CREATE TYPE complex AS (re float8, im float8);
CREATE FUNCTION complex_add(complex, complex) RETURNS complex LANGUAGE sql IMMUTABLE STRICT
  RETURN ROW($1.re + $2.re, $1.im + $2.im)::complex;
CREATE FUNCTION complex_abs(complex) RETURNS float8 LANGUAGE sql IMMUTABLE STRICT
  RETURN sqrt($1.re * $1.re + $1.im * $1.im);
CREATE OPERATOR + (LEFTARG = complex, RIGHTARG = complex, FUNCTION = complex_add, COMMUTATOR = +);
CREATE OPERATOR @ (RIGHTARG = complex, FUNCTION = complex_abs);
CREATE AGGREGATE sum(complex) (SFUNC = complex_add, STYPE = complex, INITCOND = '(0,0)');
CREATE FUNCTION complex_to_float(complex) RETURNS float8 LANGUAGE sql RETURN $1.re;
CREATE CAST (complex AS float8) WITH FUNCTION complex_to_float(complex) AS ASSIGNMENT;

CREATE FUNCTION first_of(anyarray) RETURNS anyelement LANGUAGE sql IMMUTABLE AS 'SELECT $1[1]';
CREATE FUNCTION either(a anycompatible, b anycompatible) RETURNS anycompatible LANGUAGE sql AS 'SELECT coalesce(a, b)';
CREATE FUNCTION bounds(r anyrange, OUT low anyelement, OUT high anyelement) LANGUAGE sql AS 'SELECT lower(r), upper(r)';
CREATE FUNCTION joined(sep text, VARIADIC parts text[]) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT array_to_string(parts, sep)';
CREATE FUNCTION anything(VARIADIC "any") RETURNS int LANGUAGE internal AS 'pg_num_nulls';
CREATE FUNCTION rows_of(n int DEFAULT 10, prefix text DEFAULT '') RETURNS TABLE (number int, label text)
  LANGUAGE sql STABLE ROWS 10 AS $$ SELECT g, prefix || g FROM generate_series(1, n) g $$;
CREATE FUNCTION dynamic(query text) RETURNS SETOF record LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE query; END $$;
CREATE FUNCTION shout(INOUT t text, OUT length int) LANGUAGE sql AS 'SELECT upper(t), length(t)';
CREATE FUNCTION "Quoted Name"("First" int, "Second" date) RETURNS date LANGUAGE sql AS 'SELECT "Second" + "First"';
CREATE OR REPLACE FUNCTION rows_of(n int DEFAULT 10, prefix text DEFAULT 'x') RETURNS TABLE (number int, label text)
  LANGUAGE sql STABLE AS $$ SELECT g, prefix || g FROM generate_series(1, n) g $$;
CREATE AGGREGATE collect(anyelement) (SFUNC = array_append, STYPE = anyarray, INITCOND = '{}');
CREATE AGGREGATE middle(float8 ORDER BY float8) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_cont_float8_final);
COMMENT ON FUNCTION first_of(anyarray) IS 'the first element';
COMMENT ON AGGREGATE sum(complex) IS 'adds up';
ALTER FUNCTION first_of(anyarray) STRICT;
ALTER FUNCTION either RENAME TO one_of;
CREATE TYPE temperatures AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);
CREATE TYPE versions AS RANGE (SUBTYPE = text, COLLATION = "C", MULTIRANGE_TYPE_NAME = version_sets);
CREATE TABLE readings (span temperatures, sets version_sets, many temperatures[]);
CREATE TYPE mood AS ENUM ();
CREATE OPERATOR FAMILY complex_ops USING btree;
CREATE FUNCTION complex_lt(complex, complex) RETURNS bool LANGUAGE sql IMMUTABLE RETURN (@$1) < (@$2);
CREATE FUNCTION complex_le(complex, complex) RETURNS bool LANGUAGE sql IMMUTABLE RETURN (@$1) <= (@$2);
CREATE FUNCTION complex_eq(complex, complex) RETURNS bool LANGUAGE sql IMMUTABLE RETURN (@$1) = (@$2);
CREATE FUNCTION complex_ge(complex, complex) RETURNS bool LANGUAGE sql IMMUTABLE RETURN (@$1) >= (@$2);
CREATE FUNCTION complex_gt(complex, complex) RETURNS bool LANGUAGE sql IMMUTABLE RETURN (@$1) > (@$2);
CREATE FUNCTION complex_cmp(complex, complex) RETURNS int LANGUAGE sql IMMUTABLE RETURN sign((@$1) - (@$2))::int;
CREATE OPERATOR <. (LEFTARG = complex, RIGHTARG = complex, FUNCTION = complex_lt);
CREATE OPERATOR <=. (LEFTARG = complex, RIGHTARG = complex, FUNCTION = complex_le);
CREATE OPERATOR =. (LEFTARG = complex, RIGHTARG = complex, FUNCTION = complex_eq, MERGES, HASHES);
CREATE OPERATOR >=. (LEFTARG = complex, RIGHTARG = complex, FUNCTION = complex_ge);
CREATE OPERATOR >. (LEFTARG = complex, RIGHTARG = complex, FUNCTION = complex_gt);
CREATE OPERATOR CLASS complex_abs_ops DEFAULT FOR TYPE complex USING btree FAMILY complex_ops AS
  OPERATOR 1 <., OPERATOR 2 <=., OPERATOR 3 =., OPERATOR 4 >=., OPERATOR 5 >.,
  FUNCTION 1 complex_cmp(complex, complex);

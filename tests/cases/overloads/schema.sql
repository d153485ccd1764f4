-- Types
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE hue AS ENUM ('red', 'blue');
CREATE DOMAIN email AS text;
CREATE DOMAIN small AS int2;
CREATE DOMAIN cents AS numeric(8, 2);
CREATE DOMAIN code AS varchar(3) NOT NULL;
CREATE DOMAIN inner_code AS code;
CREATE DOMAIN points AS int[];
CREATE DOMAIN lapse AS interval(2);
CREATE TYPE spot AS (x int, y numeric(4, 1), tag text);
CREATE DOMAIN known_spot AS spot;
CREATE TYPE floatrange AS RANGE (subtype = float8);
CREATE TABLE parent (id int PRIMARY KEY, name varchar(10));
CREATE TABLE child (extra text) INHERITS (parent);
CREATE TABLE item (
    id bigint PRIMARY KEY,
    feeling mood,
    address email,
    scores points,
    place spot,
    label_code inner_code,
    known known_spot,
    span floatrange,
    price cents,
    feelings mood[],
    addresses email[],
    origin parent,
    took lapse,
    padded bpchar,
    short name
);

-- Functions of one name
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(numeric) RETURNS numeric LANGUAGE sql AS 'SELECT 1.0';
CREATE FUNCTION f(text) RETURNS text LANGUAGE sql AS $$SELECT 'a'$$;
CREATE FUNCTION f(date) RETURNS date LANGUAGE sql AS 'SELECT current_date';
CREATE SCHEMA other;
CREATE FUNCTION other.f(int) RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid';
CREATE FUNCTION other.h(int) RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid';
CREATE FUNCTION ff(mood) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION ff(hue) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
CREATE FUNCTION fe(email) RETURNS text LANGUAGE sql AS 'SELECT $1::text';

-- Defaults and names
CREATE FUNCTION g(a int, b int DEFAULT 1, c text DEFAULT 'x') RETURNS int
    LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION g2(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION g2(a int, b int DEFAULT 3) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE PROCEDURE pro(a int, INOUT b text) LANGUAGE sql AS 'SELECT b';

-- VARIADIC
CREATE FUNCTION v(VARIADIC xs int[]) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION v2(a text, VARIADIC xs anyarray) RETURNS anyelement LANGUAGE sql AS 'SELECT xs[1]';
CREATE FUNCTION v3(a numeric) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION v3(VARIADIC a numeric[]) RETURNS text LANGUAGE sql AS $$SELECT 'x'$$;

-- Polymorphic
CREATE FUNCTION pe(anyelement, anyelement) RETURNS anyarray LANGUAGE sql AS 'SELECT ARRAY[$1, $2]';
CREATE FUNCTION pc(anycompatible, anycompatiblearray) RETURNS anycompatible
    LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION pen(anyenum) RETURNS anyenum LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION pna(anynonarray) RETURNS anynonarray LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION pr(anyrange, anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT $2';
CREATE FUNCTION pcr(anycompatiblerange, anycompatible) RETURNS anycompatible
    LANGUAGE sql AS 'SELECT $2';
CREATE FUNCTION many(a anyelement) RETURNS SETOF anyelement LANGUAGE sql AS 'SELECT $1';
CREATE AGGREGATE total(numeric) (sfunc = numeric_add, stype = numeric, initcond = '0');

-- Of rows and giving rows
CREATE FUNCTION label(item) RETURNS text LANGUAGE sql AS 'SELECT $1.address::text';
CREATE FUNCTION label(spot) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION pname(parent) RETURNS text LANGUAGE sql AS 'SELECT $1.name';
CREATE FUNCTION outs(a int, OUT b text, OUT c numeric)
    LANGUAGE sql AS 'SELECT NULL::text, NULL::numeric';
CREATE FUNCTION rows_of(a int) RETURNS TABLE (k int, w text)
    LANGUAGE sql AS 'SELECT 1, NULL::text';

-- Casts and operators
CREATE FUNCTION mood_of(text) RETURNS mood LANGUAGE sql AS 'SELECT NULL::mood';
CREATE FUNCTION int_of(mood) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE CAST (mood AS int) WITH FUNCTION int_of(mood) AS IMPLICIT;
CREATE CAST (text AS mood) WITH INOUT AS ASSIGNMENT;
CREATE FUNCTION mood_below(mood, int) RETURNS bool LANGUAGE sql AS 'SELECT true';
CREATE OPERATOR <<<< (leftarg = mood, rightarg = int, function = mood_below);
CREATE FUNCTION spot_plus(spot, spot) RETURNS spot LANGUAGE sql AS 'SELECT $1';
CREATE OPERATOR + (leftarg = spot, rightarg = spot, function = spot_plus);
CREATE FUNCTION alike(anyelement, anyelement) RETURNS bool LANGUAGE sql AS 'SELECT true';
CREATE OPERATOR === (leftarg = anyelement, rightarg = anyelement, function = alike);
CREATE FUNCTION opposite(spot) RETURNS spot LANGUAGE sql AS 'SELECT $1';
CREATE OPERATOR - (rightarg = spot, function = opposite);

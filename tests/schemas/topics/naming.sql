-- Names: quoted, mixed-case, long, colliding, reserved, in several schemas.
CREATE SCHEMA "Mixed Case";
CREATE TABLE "Mixed Case"."Order" ("Id" int PRIMARY KEY, "select" text UNIQUE, "with space" date NOT NULL, "quo""te" int CHECK ("quo""te" > 0));
CREATE TABLE public."user" (id int, "group" text, CONSTRAINT "Unique Group" UNIQUE ("group"));
CREATE TYPE "Mixed Case"."State" AS ENUM ('On', 'off', 'it''s');
ALTER TABLE "Mixed Case"."Order" ADD COLUMN state "Mixed Case"."State"[] DEFAULT '{On}';
CREATE TABLE a_table_with_a_very_long_name_that_goes_on_and_on_for_sixty_three (
    a_column_with_a_very_long_name_that_goes_on_and_on_for_sixty_three int PRIMARY KEY,
    another_column_with_a_long_name_that_goes_on serial UNIQUE,
    z int CHECK (z > 0) CHECK (z < 9)
);
CREATE INDEX ON a_table_with_a_very_long_name_that_goes_on_and_on_for_sixty_three (another_column_with_a_long_name_that_goes_on, z);
CREATE TABLE t (a int, b int);
CREATE TABLE t_a_seq (x int);
ALTER TABLE t ADD COLUMN c serial;
CREATE TABLE t2 (a serial, b int UNIQUE, UNIQUE (a, b));
CREATE INDEX t_b_idx ON t2 (b);
CREATE INDEX ON t (b);
CREATE INDEX ON t (b);
CREATE TYPE _t2 AS ENUM ('x');
CREATE TABLE _x (a int);
CREATE TABLE x (a int);
CREATE TYPE __x AS (a int);
CREATE SCHEMA other;
CREATE TABLE other.t (a bigint PRIMARY KEY REFERENCES public.a_table_with_a_very_long_name_that_goes_on_and_on_for_sixty_three);
SET search_path = other, public;
CREATE VIEW both_t AS SELECT t.a, p.b FROM t JOIN public.t p ON p.a = t.a;
CREATE FUNCTION f(t) RETURNS public.t LANGUAGE sql AS 'SELECT * FROM public.t';
RESET search_path;
CREATE TABLE écrit ("Ключ" int PRIMARY KEY, "表" text);
CREATE VIEW "weird ""view""" AS SELECT 1 AS "?column?", 2 AS "UPPER", 3 AS lower;

SELECT a::int, a::integer, a::smallint, a::bigint, a::real, a::float, a::float(24), a::float(53), a::double precision, a::boolean, a::json;
SELECT a::decimal, a::decimal(3), a::dec(3, 1), a::numeric(3, -1), a::numeric;
SELECT a::bit, a::bit(3), a::bit varying, a::bit varying(3), a::char, a::char(3), a::character, a::character varying(3), a::varchar, a::varchar(3), a::national character varying(3), a::nchar(2), a::national char, a::nchar varying;
SELECT a::time, a::time(3), a::time with time zone, a::time(3) without time zone, a::timestamp, a::timestamp(3) with time zone, a::timestamp without time zone, a::timestamptz(3);
SELECT a::interval, a::interval(3), a::interval year, a::interval year to month, a::interval day to second(3), a::interval second(2), a::interval minute to second, a::interval hour to minute;
SELECT a::text, a::pg_catalog.text, a::s.t, a::c.s.t, a::"T", a::geometry(Point, 4326), a::s.g(1), a::double, a::left, a::x.select;
SELECT a::int[], a::int[3], a::int[][], a::int array, a::int array[3], a::timestamp with time zone[], a::varchar(3)[], a::setof int, a::interval day[];
SELECT int '1', bigint '1', numeric(3, 1) '1.5', float(3) '1', double precision '1', boolean 't', json '{}', bit '101', bit(3) '101', bit varying(3) '1', char 'x', char(3) 'x', varchar(3) 'x', nchar 'x', national character varying 'x';
SELECT date '2020-01-01', timestamp '2020-01-01', timestamp(3) '2020-01-01', timestamp with time zone 'now', timestamp(0) without time zone 'now', time '1:00', time with time zone '1:00';
SELECT interval '1', interval '1' year, interval '1' day to second(3), interval '1' second(2), interval(3) '1', interval '1' hour to minute;
SELECT text 'x', pg_catalog.text 'x', "T" 'x', s.t 'x', box '(1,1),(0,0)', geometry(Point) 'x', left 'x', current_schema 'x', point '1,2' <-> point '3,4';
SELECT true, false, null, 1, 1.5, .5, 1., 1e5, 1.5e-3, 1_000, 0x1F, 0b101, 0o17, 1_0.2_5e1_0, 99999999999, 0x_ff, B'101', X'1F', b'', N'x';
SELECT 'it''s', 'a'
  'b', E'a\n\'\x41\101\u0041\U00000041\\', E'a' -- between
  'b\n', U&'d\0061t\+000061', U&'d!0061' UESCAPE '!', U&"d\0061t", $$x$$, $a$ $b$ $a$, $$a'b$$, '', E'';
SELECT "a""b", "A b", é, _a, a$1, a1_, "select", ÄÖ FROM "T"."x y";
SELECT $1, $2 + $10, $1::int, a$1;

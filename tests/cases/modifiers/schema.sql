CREATE DOMAIN short_text AS varchar(3);
CREATE DOMAIN price AS numeric(5, 2);
CREATE DOMAIN lapse AS interval(2);
CREATE TYPE pair AS (a varchar(4), n numeric(6, 1));
CREATE TABLE t (
    a varchar(3),
    a2 varchar(5),
    b char(4),
    n numeric(5, 2),
    n2 numeric(5, 2),
    m numeric,
    i interval(3),
    ts timestamp(2),
    tz timestamptz(1),
    bt bit(3),
    vb bit varying(5),
    texts varchar(3)[],
    numbers numeric(4, 1)[],
    d short_text,
    dn price,
    di lapse,
    c pair,
    tx text,
    k int
);

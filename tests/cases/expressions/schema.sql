-- The tables that the queries beside this file read and write.

CREATE TYPE mood AS ENUM ('calm', 'keen', 'wild');
CREATE TYPE spot AS (x integer, y numeric(8, 2), label text);
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE DOMAIN points AS integer NOT NULL;
CREATE TABLE rider (
    id bigint PRIMARY KEY,
    nick text NOT NULL,
    code varchar(12),
    pad char(4),
    mail email,
    score points,
    mood mood,
    born date,
    joined timestamptz NOT NULL DEFAULT now(),
    seen timestamp,
    at time,
    lag interval,
    weight real,
    height double precision,
    balance numeric(12, 2),
    tiny smallint,
    size integer,
    active boolean NOT NULL,
    tags text[],
    nums integer[],
    grid integer[][],
    moods mood[],
    data jsonb,
    doc json,
    page xml,
    raw bytea,
    key uuid,
    home spot,
    trail spot[],
    span int4range,
    open daterange,
    addr inet,
    flags bit(8)
);
CREATE TABLE race (
    id integer PRIMARY KEY,
    rider_id bigint NOT NULL REFERENCES rider,
    name varchar(40) NOT NULL,
    run_on date NOT NULL,
    distance numeric,
    place smallint,
    notes text,
    UNIQUE (rider_id, run_on)
);
CREATE TABLE lap (
    race_id integer,
    number integer,
    seconds double precision NOT NULL,
    PRIMARY KEY (race_id, number)
);

-- Texts of several collations.
CREATE DOMAIN marker AS text COLLATE "POSIX";
CREATE TYPE sight AS (code text COLLATE "C", sign text COLLATE "POSIX");
CREATE TABLE lane (
    id integer,
    code text COLLATE "C",
    sign text COLLATE "POSIX",
    word text,
    tag name,
    mark marker,
    codes text[] COLLATE "C"
);
CREATE TABLE kerb (seen sight);
CREATE VIEW lane_words AS
    SELECT code || word AS joined, word COLLATE "POSIX" AS posted, max(sign) OVER () AS highest
    FROM lane;

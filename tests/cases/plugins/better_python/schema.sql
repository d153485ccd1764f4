CREATE EXTENSION IF NOT EXISTS citext;   -- citext
CREATE EXTENSION IF NOT EXISTS ltree;    -- ltree / lquery / ltxtquery
CREATE TABLE IF NOT EXISTS samples
(
    /* ───────────── numbers ───────────── */
    id int PRIMARY KEY NOT NULL, serial4 serial4 NOT NULL, small smallserial NOT NULL, ratio float NOT NULL,
    single real NOT NULL, exact numeric(12, 4) NOT NULL, price money NOT NULL, ok boolean NOT NULL,
    doc json NOT NULL, docb jsonb NOT NULL, raw bytea NOT NULL, day date NOT NULL, at time NOT NULL, atz timetz NOT NULL,
    made timestamp NOT NULL, madez timestamptz NOT NULL, long interval NOT NULL, short varchar(255) NOT NULL,
    padded bpchar(10) NOT NULL, letter char(1) NOT NULL, folded citext NOT NULL, key uuid NOT NULL, host inet NOT NULL,
    net cidr NOT NULL, mac macaddr NOT NULL, mac8 macaddr8 NOT NULL, path ltree NOT NULL, pattern lquery NOT NULL, words ltxtquery NOT NULL
);
CREATE TABLE IF NOT EXISTS inner_samples (table_id int NOT NULL, price money, host inet, path ltree, class text, "1st" int);

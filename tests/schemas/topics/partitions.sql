-- Partitioned and inheriting tables.
CREATE TABLE events (
    id bigint GENERATED ALWAYS AS IDENTITY,
    tenant uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    kind text NOT NULL CONSTRAINT known_kind CHECK (kind IN ('a', 'b')),
    body jsonb,
    PRIMARY KEY (tenant, at, id)
) PARTITION BY RANGE (at);
CREATE INDEX ON events (kind, at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events (CONSTRAINT big CHECK (id > 0), body DEFAULT '{}', body NOT NULL)
  FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY HASH (tenant);
CREATE TABLE events_2025_0 PARTITION OF events_2025 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE events_2025_1 PARTITION OF events_2025 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE events_rest PARTITION OF events DEFAULT;
ALTER TABLE events ADD COLUMN source text;
ALTER TABLE events ADD CONSTRAINT sourced CHECK (source <> '');
ALTER TABLE events ALTER COLUMN source TYPE varchar(40);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER noted AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION note();
CREATE TABLE tenants (id uuid PRIMARY KEY);
ALTER TABLE events ADD FOREIGN KEY (tenant) REFERENCES tenants;
CREATE TABLE old_events (LIKE events INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
ALTER TABLE old_events ADD PRIMARY KEY (tenant, at, id);
ALTER TABLE events ATTACH PARTITION old_events FOR VALUES FROM ('2020-01-01') TO ('2024-01-01');
ALTER TABLE events DETACH PARTITION events_2024;
CREATE UNIQUE INDEX ON ONLY events (tenant, at, kind);

CREATE TABLE places (id int PRIMARY KEY, name text NOT NULL, lat float8, lon float8, CHECK (lat BETWEEN -90 AND 90));
CREATE TABLE cities (population int, mayor text) INHERITS (places);
CREATE TABLE capitals (country char(2) UNIQUE, name text NOT NULL) INHERITS (cities);
ALTER TABLE places ADD COLUMN founded date DEFAULT CURRENT_DATE;
ALTER TABLE cities ADD CONSTRAINT people CHECK (population > 0) NO INHERIT;
ALTER TABLE capitals NO INHERIT cities;
ALTER TABLE capitals INHERIT cities;
ALTER TABLE places DROP COLUMN lon;
CREATE TABLE stats (a int, b int) PARTITION BY LIST ((a % 10));
CREATE TABLE stats_1 PARTITION OF stats FOR VALUES IN (1, 2, NULL);
CREATE INDEX ON stats ((a + b));
CREATE TYPE row_shape AS (a int, b text);
CREATE TABLE shaped OF row_shape (a WITH OPTIONS PRIMARY KEY, b WITH OPTIONS DEFAULT 'x' NOT NULL);
ALTER TYPE row_shape ADD ATTRIBUTE c date CASCADE;

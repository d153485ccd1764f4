-- A shop: every kind of key, and what keeps a key from telling rows apart.

CREATE EXTENSION btree_gist;

CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE DOMAIN mail AS text COLLATE any_case;
CREATE TYPE state AS ENUM ('open', 'paid', 'sent');

CREATE TABLE customers (
    id integer PRIMARY KEY,
    name text NOT NULL UNIQUE,
    nick text UNIQUE,
    last_order integer,
    friend integer
);
CREATE TABLE orders (
    id integer PRIMARY KEY,
    customer_id integer NOT NULL REFERENCES customers,
    number integer,
    rank integer,
    UNIQUE (customer_id, number)
);
CREATE TABLE notes (id integer PRIMARY KEY, order_id integer REFERENCES orders, line text);

-- Equality
CREATE TABLE invitations (id integer PRIMARY KEY, mail text COLLATE any_case NOT NULL, plain text NOT NULL);
CREATE TABLE mails (id integer PRIMARY KEY, mail text COLLATE any_case UNIQUE);
CREATE TABLE domains (id integer PRIMARY KEY, mail mail UNIQUE);
CREATE TABLE exact_mails (id integer PRIMARY KEY, mail text COLLATE any_case NOT NULL);
CREATE UNIQUE INDEX ON exact_mails (mail COLLATE "C");
CREATE TABLE events (id integer, at timestamp UNIQUE, day date UNIQUE);
CREATE TABLE patterns (id integer, word varchar(20));
CREATE UNIQUE INDEX ON patterns (word text_pattern_ops);
CREATE TABLE lowered (id integer, mail text NOT NULL);
CREATE UNIQUE INDEX ON lowered (lower(mail));
CREATE TABLE amounts (id integer, amount numeric);
CREATE UNIQUE INDEX ON amounts (trim_scale(amount), (scale(amount)));

-- Partial indexes
CREATE TABLE pages (
    id integer,
    slug text,
    deleted boolean NOT NULL DEFAULT false,
    hidden boolean,
    gone_at timestamptz,
    state state NOT NULL DEFAULT 'open',
    weight integer
);
CREATE TABLE live_pages (LIKE pages);
CREATE UNIQUE INDEX ON live_pages (slug) WHERE deleted = false;
CREATE TABLE seen_pages (LIKE pages);
CREATE UNIQUE INDEX ON seen_pages (slug) WHERE hidden IS NOT TRUE;
CREATE TABLE open_pages (LIKE pages);
CREATE UNIQUE INDEX ON open_pages (slug) WHERE state IN ('open', 'paid');
CREATE TABLE heavy_pages (LIKE pages);
CREATE UNIQUE INDEX ON heavy_pages (weight) WHERE weight > 10;
CREATE TABLE weighed_pages (LIKE pages);
CREATE UNIQUE INDEX ON weighed_pages (slug, weight) WHERE weight IS NOT NULL;
CREATE VIEW current_pages AS SELECT id, slug, deleted FROM live_pages WHERE weight > 0;

-- Other keys
CREATE TABLE lockers (room integer, holder text);
CREATE UNIQUE INDEX ON lockers (room) NULLS NOT DISTINCT;
CREATE TABLE slots (id integer UNIQUE DEFERRABLE, place integer UNIQUE);
CREATE TABLE things (id integer PRIMARY KEY);
CREATE TABLE machines (watts integer) INHERITS (things);
CREATE TABLE logs (id integer NOT NULL, line text) PARTITION BY RANGE (id);
CREATE TABLE logs_all PARTITION OF logs FOR VALUES FROM (0) TO (100);
CREATE UNIQUE INDEX ON ONLY logs (id);
CREATE TABLE traces (id integer NOT NULL, line text) PARTITION BY RANGE (id);
CREATE TABLE traces_all PARTITION OF traces FOR VALUES FROM (0) TO (100);
ALTER TABLE ONLY traces ADD CONSTRAINT traces_key PRIMARY KEY (id);
ALTER TABLE ONLY traces_all ADD CONSTRAINT traces_all_key PRIMARY KEY (id);
ALTER INDEX traces_key ATTACH PARTITION traces_all_key;
CREATE TABLE rooms (number integer, guest text, EXCLUDE USING gist (number WITH =));
CREATE TABLE stays (
    guest text,
    during int4range,
    room integer,
    EXCLUDE USING gist (guest WITH =, during WITH &&)
);
CREATE TABLE settings (name text PRIMARY KEY CHECK (name = 'default'), value text);
CREATE TABLE drafts_of_settings (name text UNIQUE CHECK (name = 'default'), value text);
CREATE TABLE one_row (value integer);
CREATE UNIQUE INDEX ON one_row ((true));
CREATE FUNCTION half(integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1';
CREATE TABLE halves (x integer);
CREATE UNIQUE INDEX ON halves (half(x));
INSERT INTO halves VALUES (2), (3);
CREATE OR REPLACE FUNCTION half(integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1 / 2';

-- Views
CREATE VIEW order_details AS
SELECT o.id, o.number, c.name, c.id AS customer_id FROM orders o JOIN customers c ON c.id = o.customer_id;
CREATE VIEW counts AS SELECT customer_id, count(*) AS orders FROM orders GROUP BY customer_id;
CREATE VIEW totals AS SELECT count(*) AS orders, max(id) AS last FROM orders;
CREATE VIEW busy AS SELECT count(*) AS orders FROM orders HAVING count(*) > 100;

-- Writes
CREATE FUNCTION skip() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TABLE touched (id integer PRIMARY KEY, value integer);
CREATE TRIGGER touch BEFORE UPDATE OR DELETE ON touched FOR EACH ROW EXECUTE FUNCTION skip();
CREATE TABLE refused (id integer PRIMARY KEY, value integer);
CREATE TRIGGER refuse BEFORE INSERT ON refused FOR EACH ROW EXECUTE FUNCTION skip();
CREATE TABLE redirected (id integer PRIMARY KEY);
CREATE VIEW redirected_view AS SELECT id FROM redirected;
CREATE VIEW refused_view AS SELECT id FROM refused WHERE value > 0;
CREATE VIEW touched_view AS SELECT value, id FROM touched WHERE value > 100;
CREATE VIEW passed_on AS SELECT id AS number, value FROM touched_view WHERE id > 100;
CREATE VIEW taken_over AS SELECT id FROM touched;
CREATE FUNCTION take() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER take INSTEAD OF INSERT ON taken_over FOR EACH ROW EXECUTE FUNCTION take();
CREATE TABLE copies (id integer);
CREATE RULE redirect AS ON INSERT TO redirected DO INSTEAD
    INSERT INTO copies SELECT NEW.id FROM generate_series(1, 2) RETURNING copies.id;

-- What was made before a label was renamed keeps the value, not the label
CREATE TYPE phase AS ENUM ('early', 'late');
CREATE TABLE phased (slot integer NOT NULL, phase phase NOT NULL);
CREATE UNIQUE INDEX ON phased (slot) WHERE phase = 'early';
ALTER TYPE phase RENAME VALUE 'early' TO 'first';
ALTER TYPE phase RENAME VALUE 'late' TO 'early';

-- What was strict when a view was made need not be now
CREATE FUNCTION once_strict(integer) RETURNS boolean STRICT IMMUTABLE LANGUAGE sql AS 'SELECT $1 > 0';
CREATE TABLE placed (id integer NOT NULL, seat integer);
CREATE UNIQUE INDEX ON placed (id) WHERE seat IS NOT NULL;
CREATE VIEW seated AS SELECT id FROM placed WHERE once_strict(seat);
CREATE OR REPLACE FUNCTION once_strict(integer) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';

-- Rows of another day: what a query gave then, and as it is now.
CREATE VIEW told AS SELECT n FROM (VALUES (1), (2)) AS given (n);
CREATE MATERIALIZED VIEW told_once AS SELECT n FROM told;
CREATE OR REPLACE VIEW told AS SELECT max(n) AS n FROM (VALUES (1), (2)) AS given (n);
CREATE MATERIALIZED VIEW order_total AS SELECT count(*) AS orders, max(rank) AS highest FROM orders;
CREATE MATERIALIZED VIEW no_total AS SELECT count(*) AS orders FROM orders HAVING count(*) > 0;

-- A club: people, teams and what they do. Every kind of constraint that says something of NULL.

CREATE TYPE standing AS ENUM ('guest', 'member', 'head');
CREATE TYPE place AS (street text, city text);
CREATE DOMAIN amount AS integer NOT NULL CHECK (VALUE >= 0);

CREATE TABLE people (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    nick text,
    born date,
    boss_id integer REFERENCES people (id),
    active boolean NOT NULL DEFAULT true,
    email text CHECK (email IS NOT NULL AND email <> ''),
    tags text[],
    scores integer[] NOT NULL DEFAULT '{}',
    info jsonb,
    settings jsonb NOT NULL DEFAULT '{}',
    home place,
    shout text GENERATED ALWAYS AS (upper(name)) STORED,
    nick_length integer GENERATED ALWAYS AS (length(nick)) STORED
);

CREATE TABLE teams (
    id integer PRIMARY KEY,
    title text NOT NULL UNIQUE,
    lead_id integer NOT NULL REFERENCES people (id),
    deputy_id integer REFERENCES people (id),
    mascot text,
    founded timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE members (
    team_id integer REFERENCES teams (id) ON DELETE CASCADE,
    person_id integer REFERENCES people (id) ON DELETE CASCADE,
    standing standing,
    joined date NOT NULL,
    PRIMARY KEY (team_id, person_id)
);

CREATE TABLE tasks (
    id bigint PRIMARY KEY,
    team_id integer REFERENCES teams (id),
    title text NOT NULL,
    body text,
    points integer,
    price numeric NOT NULL,
    discount numeric,
    due date,
    done boolean,
    parent_id bigint REFERENCES tasks (id),
    created_at timestamptz NOT NULL DEFAULT now(),
    noted_at timestamptz DEFAULT now(),
    labels text[] NOT NULL DEFAULT '{}'
);

-- No key at all, and every column may be NULL.
CREATE TABLE notes (
    task_id bigint,
    author_id integer,
    line text,
    stars integer
);

-- A foreign key that may be broken for a while, and one that was never checked.
CREATE TABLE loose (
    id integer PRIMARY KEY,
    team_id integer NOT NULL REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED,
    person_id integer NOT NULL
);
ALTER TABLE loose ADD FOREIGN KEY (person_id) REFERENCES people (id) NOT VALID;

CREATE TABLE readings (
    sensor integer NOT NULL,
    taken_at date NOT NULL,
    value double precision,
    PRIMARY KEY (sensor, taken_at)
) PARTITION BY RANGE (taken_at);
CREATE TABLE readings_old PARTITION OF readings FOR VALUES FROM (MINVALUE) TO ('2010-01-01');
CREATE TABLE readings_new PARTITION OF readings FOR VALUES FROM ('2010-01-01') TO (MAXVALUE);

CREATE TABLE animals (id integer NOT NULL, name text NOT NULL NO INHERIT);
CREATE TABLE dogs (breed text) INHERITS (animals);

-- A trigger that takes away what was written.
CREATE TABLE drafts (id integer PRIMARY KEY, text_body text, author text);
CREATE FUNCTION blank_author() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN
    IF TG_OP = 'UPDATE' OR NEW.author = 'me' THEN
        NEW.author := NULL;
        NEW.text_body := NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER blank_author BEFORE INSERT OR UPDATE ON drafts
FOR EACH ROW EXECUTE FUNCTION blank_author();

CREATE TABLE stock (sku text PRIMARY KEY, quantity amount, reserved amount DEFAULT 0);

CREATE VIEW active_people AS SELECT id, name, nick, born FROM people WHERE active;
CREATE VIEW nicked_people AS SELECT id, name, nick FROM people WHERE nick IS NOT NULL;
CREATE VIEW starred_notes AS SELECT line, stars FROM notes WHERE stars IS NOT NULL;
CREATE VIEW team_heads AS
SELECT t.id, t.title, p.name AS head, d.name AS deputy
FROM teams t JOIN people p ON p.id = t.lead_id LEFT JOIN people d ON d.id = t.deputy_id;
CREATE VIEW team_points AS
SELECT team_id, count(*) AS tasks, sum(points) AS points, sum(price) AS price
FROM tasks GROUP BY team_id;
CREATE MATERIALIZED VIEW title_lengths AS SELECT id, length(title) AS length FROM tasks;

CREATE FUNCTION team_size(team integer) RETURNS bigint LANGUAGE sql STABLE
AS 'SELECT count(*) FROM members WHERE team_id = team';
CREATE FUNCTION title_of(team integer) RETURNS text LANGUAGE sql STABLE
AS 'SELECT title FROM teams WHERE id = team';
CREATE FUNCTION greeting(who text) RETURNS text LANGUAGE sql IMMUTABLE
AS $$ SELECT 'hello ' || who $$;
CREATE FUNCTION polite(who text) RETURNS text LANGUAGE sql IMMUTABLE
AS $$ SELECT 'hello ' || coalesce(who, 'you') $$;
CREATE FUNCTION strictly(who text) RETURNS text LANGUAGE sql IMMUTABLE STRICT
AS $$ SELECT 'hello ' || coalesce(who, 'you') $$;
CREATE FUNCTION titles() RETURNS SETOF text LANGUAGE sql STABLE AS 'SELECT title FROM tasks';
CREATE FUNCTION bodies() RETURNS SETOF text LANGUAGE sql STABLE AS 'SELECT body FROM tasks';
CREATE FUNCTION team_list() RETURNS TABLE (team integer, label text, pet text) LANGUAGE sql STABLE
AS 'SELECT id, title, mascot FROM teams';
CREATE FUNCTION perhaps(x integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE
AS $$ BEGIN IF x > 1 THEN RETURN NULL; END IF; RETURN x; END $$;
CREATE FUNCTION first_line(task bigint) RETURNS text LANGUAGE sql STABLE
RETURN (SELECT min(line) FROM notes WHERE task_id = task);

-- What came after a view was made, and what lies between a statement and a table.
CREATE TABLE ledger (gone integer, id integer PRIMARY KEY, entry text NOT NULL, memo text, total numeric);
CREATE VIEW ledger_lines AS SELECT id, entry, memo FROM ledger;
ALTER TABLE ledger DROP COLUMN gone;
ALTER TABLE ledger ALTER COLUMN entry DROP NOT NULL, ALTER COLUMN memo SET NOT NULL;

CREATE TABLE ruled (id integer NOT NULL, line text NOT NULL);
CREATE RULE elsewhere AS ON INSERT TO ruled
DO INSTEAD INSERT INTO notes (task_id) VALUES (NEW.id) RETURNING stars, line;

CREATE VIEW wishes AS SELECT id, title FROM teams;
CREATE FUNCTION grant_wish() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN NEW.title := NULL; RETURN NEW; END $$;
CREATE TRIGGER grant_wish INSTEAD OF INSERT OR UPDATE ON wishes
FOR EACH ROW EXECUTE FUNCTION grant_wish();

CREATE FUNCTION unread() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN NEW.value := NULL; RETURN NEW; END $$;
CREATE TRIGGER unread BEFORE INSERT OR UPDATE ON readings_new
FOR EACH ROW EXECUTE FUNCTION unread();

CREATE FUNCTION moody() RETURNS integer LANGUAGE plpgsql VOLATILE
AS $$ BEGIN RETURN CASE WHEN random() < 0.5 THEN 1 END; END $$;

CREATE AGGREGATE total_of (integer) (sfunc = int4pl, stype = integer, initcond = '0');
CREATE AGGREGATE largest_of (integer) (sfunc = int4larger, stype = integer);

-- What CHECK constraints say of NULL besides IS NOT NULL, and indexes that are partial, over
-- expressions, or let NULL stand once.
CREATE TABLE bookings (
    id integer PRIMARY KEY,
    person_id integer NOT NULL REFERENCES people (id),
    team_id integer REFERENCES teams (id),
    state text NOT NULL CHECK (state IN ('open', 'done', 'gone')),
    done_at date,
    phone text,
    mail text,
    seats integer CHECK (seats > 0),
    since integer,
    until integer,
    paid boolean NOT NULL DEFAULT false,
    receipt text,
    CHECK ((state = 'done') = (done_at IS NOT NULL)),
    CHECK (num_nonnulls(phone, mail) > 0),
    CHECK (since IS NULL OR until IS NOT NULL),
    CHECK (NOT paid OR receipt IS NOT NULL)
);
CREATE UNIQUE INDEX open_bookings ON bookings (person_id) WHERE done_at IS NULL;
CREATE UNIQUE INDEX booking_mails ON bookings (lower(mail));
CREATE VIEW done_bookings AS SELECT id, done_at, mail, seats FROM bookings WHERE done_at IS NOT NULL;

CREATE TYPE ticket_state AS ENUM ('open', 'solved', 'refused');
CREATE TABLE tickets (
    id integer PRIMARY KEY,
    state ticket_state NOT NULL,
    closed_on date,
    solved_by text,
    CHECK (state = 'open' OR closed_on IS NOT NULL),
    CHECK ((state = 'solved') = (solved_by IS NOT NULL))
);

CREATE TABLE lockers (room integer, number integer, holder text, UNIQUE NULLS NOT DISTINCT (room, number));

CREATE TABLE counters (
    id integer PRIMARY KEY,
    value integer,
    label text DEFAULT 'none',
    doubled integer GENERATED ALWAYS AS (value * 2) STORED,
    safe integer GENERATED ALWAYS AS (coalesce(value, 0)) VIRTUAL
);
CREATE TABLE counters_like (LIKE counters);

-- Constraints that do not hold of every row.
CREATE TABLE promises (id integer PRIMARY KEY, a integer, b integer, c integer);
ALTER TABLE promises ADD CONSTRAINT a_later NOT NULL a NOT VALID;
ALTER TABLE promises ADD CONSTRAINT b_later CHECK (b IS NOT NULL) NOT VALID;
ALTER TABLE promises ADD CONSTRAINT c_never CHECK (c IS NOT NULL) NOT ENFORCED;

-- Foreign keys that nobody keeps, or that a trigger can break.
CREATE TABLE unkept (
    id integer PRIMARY KEY,
    team_id integer NOT NULL REFERENCES teams (id) NOT ENFORCED,
    person_id integer NOT NULL REFERENCES people (id)
);
CREATE TABLE unwatched (id integer PRIMARY KEY, person_id integer NOT NULL REFERENCES people (id));
ALTER TABLE unwatched DISABLE TRIGGER ALL;
CREATE TABLE stubborn (
    id integer PRIMARY KEY,
    follows integer NOT NULL REFERENCES people (id) ON UPDATE CASCADE,
    plain integer NOT NULL REFERENCES people (id)
);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER refuse BEFORE UPDATE ON stubborn FOR EACH ROW EXECUTE FUNCTION refuse();

-- A row that moves to another partition is inserted there.
CREATE TABLE shelves (id integer NOT NULL, floor integer NOT NULL, load integer) PARTITION BY LIST (floor);
CREATE TABLE shelves_low PARTITION OF shelves FOR VALUES IN (1);
CREATE TABLE shelves_high PARTITION OF shelves FOR VALUES IN (2);
CREATE FUNCTION unload() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN NEW.load := NULL; RETURN NEW; END $$;
CREATE TRIGGER unload BEFORE INSERT ON shelves_high FOR EACH ROW EXECUTE FUNCTION unload();

CREATE FUNCTION elements_of(list integer[]) RETURNS SETOF integer LANGUAGE sql IMMUTABLE
AS 'SELECT unnest(list)';
CREATE FUNCTION each_of(VARIADIC list integer[]) RETURNS SETOF integer LANGUAGE sql IMMUTABLE
AS 'SELECT x FROM unnest(list) x';
CREATE FUNCTION holds_one(list integer[]) RETURNS boolean LANGUAGE sql IMMUTABLE
AS 'SELECT 1 = ANY (list)';

-- A foreign key that is no longer kept, and one that is again.
CREATE TABLE relaxed (
    id integer PRIMARY KEY,
    team_id integer NOT NULL REFERENCES teams (id),
    person_id integer NOT NULL REFERENCES people (id)
);
ALTER TABLE relaxed ALTER CONSTRAINT relaxed_team_id_fkey NOT ENFORCED;
ALTER TABLE relaxed ALTER CONSTRAINT relaxed_person_id_fkey NOT ENFORCED;
ALTER TABLE relaxed ALTER CONSTRAINT relaxed_person_id_fkey ENFORCED;

CREATE TABLE staff (
    id integer PRIMARY KEY,
    boss_id integer NOT NULL REFERENCES staff (id),
    name text NOT NULL
);
CREATE VIEW staff_with_boss AS
SELECT s.id, s.boss_id, s.name, (SELECT b.name FROM staff b WHERE b.id = s.boss_id) AS boss FROM staff s;
CREATE FUNCTION boss_names() RETURNS SETOF text LANGUAGE sql VOLATILE
AS 'SELECT b.name FROM staff s LEFT JOIN staff b ON b.id = s.boss_id';

-- A view, and what it calls as that is now.
CREATE FUNCTION counted(integer) RETURNS integer STRICT IMMUTABLE LANGUAGE plpgsql
AS 'BEGIN RETURN $1; END';
CREATE FUNCTION strengthened(integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql
AS 'BEGIN RETURN 1; END';
CREATE FUNCTION steady(integer) RETURNS integer STABLE LANGUAGE plpgsql AS 'BEGIN RETURN $1; END';
CREATE VIEW counted_tasks AS SELECT id, points FROM tasks WHERE counted(points) > 0;
CREATE VIEW strengthened_tasks AS SELECT id, points FROM tasks WHERE strengthened(points) > 0;
CREATE VIEW steady_tasks AS SELECT steady(points) AS points FROM tasks WHERE steady(points) IS NOT NULL;
CREATE OR REPLACE FUNCTION counted(integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql
AS 'BEGIN RETURN 1; END';
CREATE OR REPLACE FUNCTION strengthened(integer) RETURNS integer STRICT IMMUTABLE LANGUAGE plpgsql
AS 'BEGIN RETURN $1; END';
CREATE OR REPLACE FUNCTION steady(integer) RETURNS integer VOLATILE LANGUAGE plpgsql
AS 'BEGIN RETURN nullif((random() * 2)::int, 1); END';

CREATE FUNCTION weighed(standing) RETURNS integer VOLATILE LANGUAGE plpgsql
AS 'BEGIN RETURN nullif((random() * 2)::int, 1); END';
CREATE CAST (standing AS integer) WITH FUNCTION weighed(standing);
CREATE FUNCTION measured(standing) RETURNS bigint IMMUTABLE LANGUAGE plpgsql
AS $$ BEGIN RETURN nullif(length($1::text), 5); END $$;
CREATE CAST (standing AS bigint) WITH FUNCTION measured(standing);
CREATE OPERATOR ## (rightarg = standing, function = weighed);
CREATE OPERATOR ### (rightarg = standing, function = measured);

-- What is said of the elements of arrays.
CREATE DOMAIN word AS text NOT NULL;
CREATE DOMAIN word_list AS text[] CHECK (VALUE IS NULL OR array_position(VALUE, NULL) IS NULL);
CREATE TABLE shelf_marks (
    id integer PRIMARY KEY,
    loose text[],
    checked text[] NOT NULL CHECK (array_position(checked, NULL) IS NULL),
    cleaned integer[] CHECK (cleaned = array_remove(cleaned, NULL)),
    unkept text[] CHECK (array_position(unkept, 'x') IS NULL),
    words word[],
    listed word_list,
    title text NOT NULL,
    remark text,
    mail text CHECK (mail IS NOT NULL)
);
CREATE VIEW marks AS SELECT id, title AS heading, remark, checked, loose FROM shelf_marks;
CREATE SCHEMA own;
CREATE FUNCTION own.unnest(x standing) RETURNS SETOF text LANGUAGE plpgsql IMMUTABLE
AS $$ BEGIN RETURN NEXT x; RETURN NEXT NULL; END $$;
CREATE FUNCTION own.with_null(text[], standing, text) RETURNS text[] LANGUAGE sql IMMUTABLE
AS 'SELECT array_append($1, NULL)';
CREATE AGGREGATE own.array_agg (standing, text) (sfunc = own.with_null, stype = text[], initcond = '{}');
CREATE DOMAIN forever AS date DEFAULT 'infinity';
CREATE TABLE contracts (
    id integer PRIMARY KEY,
    open_until timestamptz NOT NULL DEFAULT 'infinity',
    opened timestamptz NOT NULL DEFAULT now(),
    signed date NOT NULL CHECK (signed = '-infinity' OR signed > '1900-01-01'),
    ended timestamp NOT NULL,
    noticed forever NOT NULL
);

-- What was stored by a function that is another now, and a view of the rows of another day.
CREATE FUNCTION doubled_or_none(integer) RETURNS integer IMMUTABLE LANGUAGE sql
AS 'SELECT nullif($1 * 2, 4)';
CREATE FUNCTION tripled(integer) RETURNS integer IMMUTABLE STRICT LANGUAGE sql AS 'SELECT $1 * 3';
CREATE FUNCTION tolerated(integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT coalesce($1, 1)';
CREATE FUNCTION insisted(integer) RETURNS integer IMMUTABLE STRICT LANGUAGE plpgsql
AS 'BEGIN RETURN $1; END';
CREATE TABLE remembered (
    id integer PRIMARY KEY,
    base integer NOT NULL,
    a integer,
    b integer,
    twice integer GENERATED ALWAYS AS (doubled_or_none(base)) STORED,
    thrice integer GENERATED ALWAYS AS (tripled(base)) STORED,
    CHECK (tolerated(a) IS NOT NULL),
    CHECK (insisted(b) IS NOT NULL)
);
INSERT INTO remembered (id, base, a, b) VALUES (-1, 2, NULL, 1);
CREATE MATERIALIZED VIEW remembered_early AS
SELECT m.id, m.base, m.a, m.base + 1 AS next FROM remembered m;
UPDATE remembered SET a = 0;
CREATE OR REPLACE FUNCTION doubled_or_none(integer) RETURNS integer IMMUTABLE LANGUAGE sql
AS 'SELECT coalesce($1, 0)';
CREATE OR REPLACE FUNCTION tolerated(integer) RETURNS integer IMMUTABLE STRICT LANGUAGE plpgsql
AS 'BEGIN RETURN $1; END';
CREATE TABLE later (id integer PRIMARY KEY, note text);
INSERT INTO later VALUES (1, NULL);
CREATE MATERIALIZED VIEW later_early AS SELECT id, note, ARRAY[note] AS notes FROM later;
UPDATE later SET note = 'none';
ALTER TABLE later ALTER COLUMN note SET NOT NULL;
CREATE MATERIALIZED VIEW later_since AS SELECT id, note, ARRAY[note] AS notes FROM later;

-- The text of a function's body is read anew for each call.
CREATE FUNCTION named(numeric) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT 'number' $$;
CREATE FUNCTION names_one() RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT named(1)';
CREATE FUNCTION names_it() RETURNS text IMMUTABLE LANGUAGE sql RETURN named(1);
CREATE FUNCTION named(integer) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT NULL::text';

-- Rows that came in while nobody looked.
CREATE TABLE rewatched (id integer PRIMARY KEY, person_id integer NOT NULL REFERENCES people (id));
ALTER TABLE rewatched DISABLE TRIGGER ALL;
INSERT INTO rewatched VALUES (-1, -77);
ALTER TABLE rewatched ENABLE TRIGGER ALL;

-- One CHECK after another.
CREATE TABLE jobs (
    id integer PRIMARY KEY,
    state text NOT NULL CHECK (state IN ('waiting', 'running')),
    tries integer NOT NULL DEFAULT 0,
    locked_at timestamptz,
    locked_by text,
    CHECK ((state = 'running') = (locked_at IS NOT NULL)),
    CHECK ((locked_at IS NULL) = (locked_by IS NULL))
);

-- A key of several columns leads on to what its own row refers to.
CREATE TABLE owners (id integer PRIMARY KEY, label text NOT NULL);
CREATE TABLE plots (
    owner_id integer NOT NULL REFERENCES owners,
    id integer NOT NULL,
    loose_id integer,
    PRIMARY KEY (owner_id, id)
);
CREATE TABLE plants (
    id integer PRIMARY KEY,
    owner_id integer NOT NULL,
    plot_id integer NOT NULL,
    FOREIGN KEY (owner_id, plot_id) REFERENCES plots (owner_id, id)
);
CREATE TABLE seeds (
    id integer PRIMARY KEY,
    owner_id integer NOT NULL,
    plot_id integer,
    FOREIGN KEY (owner_id, plot_id) REFERENCES plots (owner_id, id)
);

CREATE PROCEDURE add_stars(stars integer, INOUT total integer)
LANGUAGE plpgsql AS $$ BEGIN total := total + stars; END $$;

-- Constants that are not what they look like.
CREATE TABLE coded (
    id integer PRIMARY KEY,
    code integer,
    share double precision,
    noted date,
    CHECK (code IS DISTINCT FROM 0x1 OR noted IS NOT NULL)
);
CREATE FUNCTION place_of(text) RETURNS place LANGUAGE sql IMMUTABLE AS $$ SELECT ROW($1, 'here')::place $$;
CREATE CAST (text AS place) WITH FUNCTION place_of(text);

-- Labels that have changed their meaning between one statement and the next.
CREATE TYPE season AS ENUM ('dry', 'wet', 'cold');
CREATE TABLE crops (
    id integer PRIMARY KEY,
    season season NOT NULL,
    sown date,
    cut date,
    CHECK (season <> 'dry' OR sown IS NOT NULL),
    CHECK (season = 'dry' OR cut IS NOT NULL)
);
CREATE VIEW dry_crops AS SELECT id, sown, cut FROM crops WHERE season = 'dry';
ALTER TYPE season RENAME VALUE 'dry' TO 'hot';
ALTER TYPE season RENAME VALUE 'wet' TO 'dry';
ALTER TABLE crops ADD COLUMN frost date, ADD CHECK (season <> 'cold' OR frost IS NOT NULL);

CREATE VIEW sized_tasks AS
SELECT id, title, body, points, coalesce(body, '') AS words,
       CASE WHEN points IS NULL THEN 'open' WHEN points > 1 THEN 'large' ELSE 'small' END AS size
FROM tasks;
CREATE VIEW summed_tasks AS
SELECT team_id, max(points) AS most, coalesce(max(points), 0) AS most_or_none, max(body) AS last FROM tasks GROUP BY team_id;
CREATE VIEW followed_tasks AS
SELECT id, points, lag(points) OVER (ORDER BY id) AS before, coalesce(lag(points) OVER (ORDER BY id), 0) AS before_or_none FROM tasks;
CREATE FUNCTION always(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE OPERATOR ==== (LEFTARG = text, RIGHTARG = text, FUNCTION = always);

-- What a CHECK says of values that are made of columns.
CREATE TABLE letters (
    id integer PRIMARY KEY,
    body jsonb NOT NULL,
    words text[],
    team_id integer REFERENCES teams (id),
    CHECK (body ->> 'kind' IS NOT NULL AND array_length(words, 1) IS NOT NULL),
    CHECK (body ->> 'size' IS NOT NULL OR id > 0),
    CHECK (jsonb_path_query_first_tz(body, '$.sent.datetime()') IS NOT NULL)
);
ALTER TABLE letters ADD CHECK (body ->> 'later' IS NOT NULL) NOT VALID;
INSERT INTO letters VALUES
    (1, '{"kind": "a", "later": "b", "sent": "2020-01-01"}', '{a}', NULL),
    (-1, '{"kind": "b", "later": "c", "sent": "2020-01-01", "size": 1}', '{a,b}', NULL);

-- One character, as PostgreSQL's catalogs have it.
CREATE TABLE traced (
    id integer PRIMARY KEY,
    op "char" NOT NULL,
    before text,
    after text,
    CHECK (CASE op WHEN 'I' THEN after IS NOT NULL WHEN 'D' THEN before IS NOT NULL WHEN 'UU' THEN true ELSE before IS NOT NULL END)
);
INSERT INTO traced VALUES (1, 'I', NULL, 'a'), (2, 'D', 'a', NULL), (3, 'U', NULL, NULL);

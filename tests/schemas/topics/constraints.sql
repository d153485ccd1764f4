-- What constraints do, when they are looked at, and what is said of them.
CREATE TABLE teams (id int PRIMARY KEY, code text UNIQUE DEFERRABLE INITIALLY DEFERRED, lead int);
CREATE TABLE users (
    id int PRIMARY KEY,
    email text CONSTRAINT one_email UNIQUE,
    team int REFERENCES teams ON DELETE SET NULL ON UPDATE CASCADE,
    boss int REFERENCES users ON DELETE RESTRICT DEFERRABLE,
    "Other" int CONSTRAINT "Other team" REFERENCES teams ON DELETE SET DEFAULT ON UPDATE SET NULL,
    day daterange, room int,
    CONSTRAINT room_free EXCLUDE USING gist (day WITH &&) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (room, email) DEFERRABLE, UNIQUE (room, email), UNIQUE (room, email)
);
ALTER TABLE teams ADD FOREIGN KEY (lead) REFERENCES users INITIALLY DEFERRED;
CREATE TABLE members (
    team int, account int, since date,
    PRIMARY KEY (team, account) DEFERRABLE,
    CHECK (since > '2000-01-01')
);
CREATE TABLE pairs (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE halves (
    a int, b int, c int DEFAULT 1,
    CONSTRAINT both FOREIGN KEY (a, b) REFERENCES pairs ON DELETE SET NULL (b, b),
    FOREIGN KEY (c, b) REFERENCES pairs MATCH FULL ON DELETE SET DEFAULT (c) ON UPDATE RESTRICT,
    FOREIGN KEY (a, c) REFERENCES pairs ON DELETE SET NULL (d)
);
CREATE TABLE halves (
    a int, b int, c int DEFAULT 1, d int,
    CONSTRAINT both FOREIGN KEY (a, b) REFERENCES pairs ON DELETE SET NULL (b, b),
    FOREIGN KEY (c, b) REFERENCES pairs MATCH FULL ON DELETE SET DEFAULT (c) ON UPDATE RESTRICT
);
ALTER TABLE halves ADD FOREIGN KEY (a, c) REFERENCES pairs ON DELETE SET NULL (d);
ALTER TABLE halves ADD FOREIGN KEY (a, c) REFERENCES pairs (a, b) ON DELETE CASCADE;

ALTER TABLE users ALTER CONSTRAINT users_boss_fkey DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE users ALTER CONSTRAINT "Other team" INITIALLY DEFERRED;
ALTER TABLE users ALTER CONSTRAINT users_team_fkey DEFERRABLE;
ALTER TABLE users ALTER CONSTRAINT users_team_fkey INITIALLY IMMEDIATE;
ALTER TABLE teams ALTER CONSTRAINT teams_lead_fkey DEFERRABLE INITIALLY IMMEDIATE;
CREATE UNIQUE INDEX members_since ON members (since);
ALTER TABLE members ADD CONSTRAINT one_a_day UNIQUE USING INDEX members_since DEFERRABLE INITIALLY DEFERRED;

COMMENT ON CONSTRAINT one_email ON users IS '@error EmailTaken';
COMMENT ON CONSTRAINT "Other team" ON users IS 'a plain remark';
COMMENT ON CONSTRAINT users_pkey ON users IS 'to be removed';
COMMENT ON CONSTRAINT users_pkey ON users IS NULL;
COMMENT ON CONSTRAINT members_since_check ON members IS '@error TooEarly';
COMMENT ON CONSTRAINT nothing ON members IS '@error TooEarly';
CREATE UNIQUE INDEX users_lower ON users (lower(email)) WHERE team IS NOT NULL;
COMMENT ON INDEX users_lower IS '@error EmailTakenToo';
CREATE TABLE copies (LIKE members INCLUDING ALL);
CREATE TABLE uncommented (LIKE members INCLUDING CONSTRAINTS);

CREATE SCHEMA kinds;
CREATE DOMAIN kinds.email AS text CONSTRAINT there NOT NULL CONSTRAINT has_at CHECK (VALUE LIKE '%@%');
COMMENT ON CONSTRAINT has_at ON DOMAIN kinds.email IS '@error NoAddress';
COMMENT ON CONSTRAINT nothing ON DOMAIN kinds.email IS '@error NoAddress';
COMMENT ON CONSTRAINT nothing ON DOMAIN missing IS '@error NoAddress';

CREATE TABLE sales (id int, day date, customer int REFERENCES users ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    amount int CHECK (amount > 0), PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
COMMENT ON CONSTRAINT sales_amount_check ON sales IS '@error NothingSold';
CREATE TABLE sales_old PARTITION OF sales (CONSTRAINT small CHECK (amount < 100)) FOR VALUES FROM ('2000-01-01') TO ('2020-01-01');
CREATE TABLE sales_new (LIKE sales);
ALTER TABLE sales ATTACH PARTITION sales_new DEFAULT;
ALTER TABLE sales_new ADD CONSTRAINT sales_new_small CHECK (amount < 1000);
CREATE UNIQUE INDEX sales_customer ON sales (customer, day);

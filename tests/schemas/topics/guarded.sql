-- Statements that may be run again and again: IF EXISTS, DO blocks, OR REPLACE.
CREATE SCHEMA IF NOT EXISTS app;
CREATE TABLE IF NOT EXISTS app.users (id int PRIMARY KEY);
CREATE TABLE IF NOT EXISTS app.users (id int PRIMARY KEY, other text);
DO $$ BEGIN
  CREATE TYPE app.role AS ENUM ('admin', 'user');
EXCEPTION
  WHEN duplicate_object THEN null;
END $$;
DO $$ BEGIN
  CREATE TYPE app.role AS ENUM ('admin', 'user');
EXCEPTION
  WHEN duplicate_object THEN null;
END $$;
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns
                 WHERE table_schema = 'app' AND table_name = 'users' AND column_name = 'role') THEN
    ALTER TABLE app.users ADD COLUMN role app.role NOT NULL DEFAULT 'user';
  END IF;
  IF EXISTS (SELECT FROM pg_tables WHERE tablename = 'never_there') THEN
    ALTER TABLE app.never_there ADD COLUMN x int;
  END IF;
END;
$$ LANGUAGE plpgsql;
DO 'BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = ''users_id_positive'') THEN
    ALTER TABLE app.users ADD CONSTRAINT users_id_positive CHECK (id > 0);
  END IF;
END';
DO $do$
DECLARE n int := 0;
BEGIN
  BEGIN
    EXECUTE 'ALTER TABLE app.users ADD COLUMN email text UNIQUE';
    EXECUTE $q$ALTER TABLE app.users ADD COLUMN email text$q$;
  EXCEPTION WHEN duplicate_column OR SQLSTATE '42P07' THEN
    ALTER TABLE app.users ADD COLUMN mail text;
  END;
  RAISE NOTICE 'done %', n;
END $do$;
CREATE OR REPLACE VIEW app.admins AS SELECT id FROM app.users WHERE role = 'admin';
CREATE OR REPLACE FUNCTION app.is_admin(u app.users) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT u.role = 'admin' $$;
CREATE INDEX IF NOT EXISTS users_mail ON app.users (mail);
CREATE INDEX IF NOT EXISTS users_mail ON app.users (id);
DROP TABLE IF EXISTS app.gone CASCADE;
DROP FUNCTION IF EXISTS app.gone(int), app.gone2;
DROP TYPE IF EXISTS app.gone;
CREATE TABLE app.posts (id int PRIMARY KEY);
CREATE TABLE app.events (id int, at date) PARTITION BY HASH (id);
CREATE TABLE app.log (id int, at date) PARTITION BY RANGE (at);
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['users', 'posts'] LOOP
    EXECUTE format('ALTER TABLE app.%I ADD COLUMN touched_at timestamptz NOT NULL DEFAULT now()', t);
    EXECUTE 'CREATE INDEX ' || quote_ident(t || '_touched') || ' ON app.' || t || ' (touched_at)';
  END LOOP;
END $$;
DO $$ BEGIN
  FOR i IN 0..3 LOOP
    EXECUTE format('CREATE TABLE app.events_%s PARTITION OF app.events FOR VALUES WITH (MODULUS 4, REMAINDER %1$s)', i);
  END LOOP;
  FOR y IN REVERSE 2024..2023 LOOP
    EXECUTE format('CREATE TABLE app.log_%s PARTITION OF app.log FOR VALUES FROM (%L) TO (%L)', y, y || '-01-01', (y + 1) || '-01-01');
  END LOOP;
END $$;
DO $$
DECLARE
  tables CONSTANT text[] := '{users,posts}'::text[];
  each text;
  suffix text DEFAULT 'note';
  n int := 2;
BEGIN
  n := n * 3 - 1;
  FOREACH each IN ARRAY tables LOOP
    IF each = 'users' THEN
      EXECUTE format('ALTER TABLE app.%I ADD COLUMN %I varchar(%s)', each, 'User ' || suffix, n);
    ELSE
      EXECUTE concat('ALTER TABLE app.', each, ' ADD COLUMN ', suffix, ' text');
    END IF;
  END LOOP;
END $$;
DO $$ BEGIN
  IF current_setting('server_version_num')::int >= 140000 THEN
    CREATE TABLE app.recent (a int);
  ELSE
    CREATE TABLE app.older (a int);
  END IF;
END $$;
-- Loops over the rows of queries that follow from constants.
DO $$
DECLARE
  t text;
  r record;
  n int;
  more text[] := ARRAY['users', 'posts'];
BEGIN
  FOR t IN SELECT unnest(ARRAY['users', 'posts']) LOOP
    EXECUTE format('ALTER TABLE app.%I ADD COLUMN one_%s int', t, t);
  END LOOP;
  FOR r IN SELECT unnest(more) AS name LOOP
    EXECUTE format('ALTER TABLE app.%I ADD COLUMN two_%s int', r.name, r.name);
  END LOOP;
  FOR r IN (SELECT x FROM unnest('{users,posts}'::text[]) AS x) LOOP
    EXECUTE 'ALTER TABLE app.' || r.x || ' ADD COLUMN three int';
  END LOOP;
  FOR r IN SELECT v.c, v.t FROM (VALUES ('users', 'four'), ('posts', 'five')) AS v (t, c) LOOP
    EXECUTE format('ALTER TABLE app.%I ADD COLUMN %I int', r.t, r.c);
  END LOOP;
  FOR r IN VALUES ('users', 6), ('posts', 7) LOOP
    EXECUTE format('ALTER TABLE app.%I ADD COLUMN %I int', r.column1, 'c' || r.column2);
  END LOOP;
  FOR n IN SELECT g FROM generate_series(1, 2) AS g LOOP
    EXECUTE format('CREATE TABLE app.made_%s (id int PRIMARY KEY)', n);
  END LOOP;
  FOR r IN SELECT * FROM unnest(more) AS named ("Name") LOOP
    IF r."Name" = 'users' THEN
      EXECUTE format('ALTER TABLE app.%I ADD COLUMN only_users int', r."Name");
    END IF;
  END LOOP;
END $$;
-- What leaves a turn, a loop or the block.
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['users', 'posts'] LOOP
    CONTINUE WHEN t = 'users';
    EXECUTE format('ALTER TABLE app.%I ADD COLUMN after_continue int', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['users', 'posts'] LOOP
    EXECUTE format('ALTER TABLE app.%I ADD COLUMN before_exit int', t);
    IF t = 'users' THEN
      EXIT;
    END IF;
    EXECUTE format('ALTER TABLE app.%I ADD COLUMN after_exit int', t);
  END LOOP;
  FOR t IN SELECT unnest(ARRAY['users', 'posts']) LOOP
    IF t = 'posts' THEN
      EXECUTE format('ALTER TABLE app.%I ADD COLUMN before_return int', t);
      RETURN;
    END IF;
  END LOOP;
  ALTER TABLE app.users ADD COLUMN after_return int;
END $$;
DO $$ BEGIN
  CREATE TABLE app.undone (a int);
  RAISE EXCEPTION 'not %', 'so';
  CREATE TABLE app.never_reached (a int);
EXCEPTION WHEN raise_exception THEN
  CREATE TABLE app.caught (a int);
END $$;
DO $$ BEGIN
  BEGIN
    CREATE TABLE app.undone (a int);
    IF 1 = 1 THEN
      RAISE unique_violation USING MESSAGE = 'taken';
    END IF;
  EXCEPTION WHEN division_by_zero THEN
    CREATE TABLE app.not_caught (a int);
  END;
  CREATE TABLE app.never_reached (a int);
EXCEPTION WHEN integrity_constraint_violation THEN
  CREATE TABLE app.caught_by_category (a int);
END $$;
DO $$ BEGIN
  BEGIN
    CREATE TABLE app.undone (a int);
    RAISE EXCEPTION 'gone' USING HINT = 'none', ERRCODE = 'undefined_table';
  EXCEPTION WHEN SQLSTATE '42P01' THEN
    CREATE TABLE app.undone_too (a int);
    RAISE SQLSTATE '22012';
  END;
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'caught %', SQLERRM;
  CREATE TABLE app.caught_from_handler (a int);
END $$;
DO $$ BEGIN
  CREATE TABLE app.noticed (a int);
  RAISE WARNING 'done' USING ERRCODE = '22012';
EXCEPTION WHEN OTHERS THEN
  NULL;
END $$;

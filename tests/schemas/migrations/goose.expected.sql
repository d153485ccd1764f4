CREATE TABLE users (id bigserial PRIMARY KEY, name text NOT NULL);
ALTER TABLE users ADD COLUMN seen timestamptz;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.seen := now(); RETURN NEW; END;';
CREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE users RENAME COLUMN name TO login;
ALTER TABLE users ADD COLUMN name varchar(80);
CREATE INDEX users_name ON users (name);

BEGIN;
SET client_min_messages = 'warning';
CREATE TABLE flipr.flips (id bigserial PRIMARY KEY, nick text NOT NULL REFERENCES flipr.users (nick), body varchar(180) NOT NULL DEFAULT '');
COMMIT;

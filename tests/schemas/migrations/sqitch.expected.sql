CREATE SCHEMA flipr;
CREATE TABLE flipr.users (nick text PRIMARY KEY);
CREATE TABLE flipr.flips (id bigserial PRIMARY KEY, nick text NOT NULL REFERENCES flipr.users (nick), body varchar(180) NOT NULL DEFAULT '');

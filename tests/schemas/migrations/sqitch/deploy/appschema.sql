-- Deploy flipr:appschema to pg
-- requires: users
BEGIN;
CREATE SCHEMA flipr;
ALTER TABLE users SET SCHEMA flipr;
COMMIT;

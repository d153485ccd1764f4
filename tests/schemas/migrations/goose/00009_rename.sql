-- +goose up
ALTER TABLE users RENAME COLUMN name TO login;
ALTER TABLE users ADD COLUMN name varchar(80);
-- +goose down
ALTER TABLE users DROP COLUMN name;
ALTER TABLE users RENAME COLUMN login TO name;

-- +migrate Up
CREATE TABLE people (id int PRIMARY KEY, born date);
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION age_of(p people) RETURNS interval AS $$ SELECT age(p.born) $$ LANGUAGE sql;
-- +migrate StatementEnd

-- +migrate Down
DROP FUNCTION age_of(people);
DROP TABLE people;

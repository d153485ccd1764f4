CREATE TABLE people (id int PRIMARY KEY, born date NOT NULL);
CREATE FUNCTION age_of(p people) RETURNS interval AS 'SELECT age(p.born)' LANGUAGE sql;

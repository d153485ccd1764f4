CREATE TABLE pets (id int PRIMARY KEY, name text NOT NULL, words text[] NOT NULL);
CREATE FUNCTION first_pet(owned int) RETURNS pets LANGUAGE plpgsql AS $$
BEGIN RETURN NULL; END $$;
CREATE TABLE owners (id int PRIMARY KEY, pet pets);
CREATE TABLE notes (id int, note text);
CREATE VIEW pets_shown AS SELECT p.id, p AS pet FROM pets p;

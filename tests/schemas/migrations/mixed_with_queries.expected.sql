CREATE TABLE authors (id bigserial PRIMARY KEY, name text NOT NULL, bio text);
CREATE VIEW named AS SELECT id, name FROM authors;

CREATE TABLE authors (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE books (id bigint PRIMARY KEY, author_id bigint NOT NULL REFERENCES authors);
-- A model has the name first.
CREATE TABLE books_protocol (id bigint PRIMARY KEY);

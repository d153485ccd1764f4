CREATE TABLE authors (id bigint, name text);
CREATE TABLE books (id bigint PRIMARY KEY, author_id bigint REFERENCES authors (id));

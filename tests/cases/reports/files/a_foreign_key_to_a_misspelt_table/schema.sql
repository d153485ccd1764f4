CREATE TABLE authors (id bigint PRIMARY KEY);
CREATE TABLE books (id bigint, author_id bigint REFERENCES author);

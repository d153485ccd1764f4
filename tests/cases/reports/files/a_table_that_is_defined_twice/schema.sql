CREATE TABLE authors (id bigint);
CREATE TABLE authors (id bigint, name text);

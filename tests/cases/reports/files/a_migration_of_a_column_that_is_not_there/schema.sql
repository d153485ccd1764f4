CREATE TABLE books (id bigint PRIMARY KEY, title text);
ALTER TABLE books RENAME COLUMN titel TO name;

CREATE TABLE authors (id int PRIMARY KEY, name text NOT NULL, notes jsonb);
CREATE SCHEMA shop;
CREATE TABLE shop.books (id int PRIMARY KEY, author_id int NOT NULL REFERENCES authors, title text);

CREATE TABLE books (id serial PRIMARY KEY, title varchar NOT NULL, pages int);

CREATE SCHEMA press;
CREATE TYPE mood AS ENUM ('glad', 'sad');
CREATE TABLE authors (id int PRIMARY KEY, bio text, mood mood NOT NULL);
CREATE TABLE press.books (id int PRIMARY KEY, kind text NOT NULL);

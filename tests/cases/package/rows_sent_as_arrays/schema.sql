CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE place AS (city text, street text);
CREATE TABLE authors (
    id int PRIMARY KEY,
    name text NOT NULL,
    mood mood NOT NULL,
    home place,
    notes jsonb NOT NULL,
    born date
);
CREATE TABLE visits (id bigint GENERATED ALWAYS AS IDENTITY, author_id int NOT NULL, n int);

CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE address AS (street text, since date);
CREATE TABLE authors (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    home address
);
CREATE TABLE books (
    id bigint PRIMARY KEY,
    author_id bigint NOT NULL REFERENCES authors,
    title text NOT NULL,
    price numeric(6, 2),
    mood mood,
    notes jsonb
);
CREATE TABLE tags (
    book_id bigint NOT NULL REFERENCES books,
    word text NOT NULL,
    at timestamptz
);

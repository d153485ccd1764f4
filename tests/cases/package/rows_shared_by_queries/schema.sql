CREATE TABLE authors (id bigint PRIMARY KEY, name text NOT NULL, born date);
CREATE TABLE books (
    id bigint PRIMARY KEY,
    author_id bigint NOT NULL REFERENCES authors,
    title text NOT NULL,
    price numeric,
    notes jsonb
);
CREATE TABLE tags (book_id bigint NOT NULL REFERENCES books, word text NOT NULL, at date);

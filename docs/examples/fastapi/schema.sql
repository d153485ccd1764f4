CREATE TYPE binding AS ENUM ('hardback', 'paperback', 'ebook');

CREATE TABLE authors (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CHECK (name <> ''),
    born date
);

CREATE TABLE books (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    author_id bigint NOT NULL REFERENCES authors,
    isbn text NOT NULL UNIQUE CHECK (length(isbn) = 13),
    title text NOT NULL,
    binding binding NOT NULL,
    price numeric(8, 2) NOT NULL CHECK (price >= 0),
    published date NOT NULL,
    blurb text
);
CREATE INDEX ON books (author_id);
CREATE INDEX ON books (published, id);
COMMENT ON CONSTRAINT books_isbn_key ON books IS '@error IsbnTaken';

CREATE TABLE reviews (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    book_id bigint NOT NULL REFERENCES books ON DELETE CASCADE,
    stars int NOT NULL CHECK (stars BETWEEN 1 AND 5),
    body text
);
CREATE INDEX ON reviews (book_id);
COMMENT ON CONSTRAINT reviews_book_id_fkey ON reviews IS '@error NoSuchBook';

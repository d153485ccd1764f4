CREATE SCHEMA shop;
CREATE DOMAIN isbn AS text NOT NULL CONSTRAINT digits CHECK (VALUE ~ '^[0-9]+$');
CREATE TABLE authors (id int PRIMARY KEY, name text NOT NULL, "class" text CONSTRAINT "None" UNIQUE);
CREATE TABLE books (
    id int PRIMARY KEY, author int NOT NULL REFERENCES authors ON DELETE RESTRICT, isbn isbn UNIQUE
);
COMMENT ON CONSTRAINT books_isbn_key ON books IS '@error IsbnTaken
Two books have the same number.';
CREATE UNIQUE INDEX by_title ON books (id, (author + 1));
COMMENT ON INDEX by_title IS 'Nothing is said twice. """';
CREATE TABLE shop.orders (
    id int CONSTRAINT "UniqueViolationError" PRIMARY KEY, book int REFERENCES books INITIALLY DEFERRED,
    amount int CONSTRAINT positive CHECK (amount > 0), "to" int CONSTRAINT "1st; --" CHECK ("to" > 0)
) PARTITION BY RANGE (id);
CREATE TABLE shop.old PARTITION OF shop.orders FOR VALUES FROM (0) TO (10);

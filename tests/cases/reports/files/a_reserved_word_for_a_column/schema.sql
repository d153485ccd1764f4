CREATE TABLE books (
    id bigint PRIMARY KEY,
    order int,
    user text
);

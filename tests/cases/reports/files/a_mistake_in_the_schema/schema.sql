CREATE TABLE authors (
    id bigint PRIMARY KEY,
    name txt NOT NULL
);

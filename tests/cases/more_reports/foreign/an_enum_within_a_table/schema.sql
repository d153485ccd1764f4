CREATE TABLE orders (
    id bigint PRIMARY KEY,
    state ENUM('open', 'paid') NOT NULL
);

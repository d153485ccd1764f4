CREATE TABLE orders (
    id bigint PRIMARY KEY,
    state varchar(8) NOT NULL DEFAULT 'new'
);

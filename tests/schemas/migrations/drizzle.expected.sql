CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE items (id serial PRIMARY KEY, kind kind NOT NULL, price numeric(10, 2), label varchar(20) NOT NULL DEFAULT 'x', CONSTRAINT items_parent_fk FOREIGN KEY (id) REFERENCES items);
CREATE INDEX kind_idx ON items (kind);

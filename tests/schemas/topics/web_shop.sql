-- A shop: enums, identity, checks, generated columns, views with aggregates, triggers, comments.
CREATE SCHEMA shop;
SET search_path TO shop, public;

CREATE TYPE order_state AS ENUM ('draft', 'placed', 'paid', 'sent');
ALTER TYPE order_state ADD VALUE 'cancelled' AFTER 'draft';
ALTER TYPE order_state ADD VALUE IF NOT EXISTS 'returned';

CREATE DOMAIN money_amount AS numeric(12, 2) NOT NULL DEFAULT 0 CHECK (value >= 0);
CREATE DOMAIN email AS text CONSTRAINT has_at CHECK (value LIKE '%@%');
CREATE TYPE address AS (street text, city text, zip varchar(10));

CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email email UNIQUE,
    name text NOT NULL CHECK (name <> ''),
    ship_to address,
    tags text[] NOT NULL DEFAULT '{}',
    profile jsonb DEFAULT '{}'::jsonb,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE customers IS 'Whoever ordered something';
COMMENT ON COLUMN customers.tags IS 'free labels';

CREATE TABLE products (
    sku varchar(20) PRIMARY KEY,
    title text NOT NULL,
    price money_amount,
    weight real,
    attributes jsonb,
    search tsvector GENERATED ALWAYS AS (to_tsvector('english', title)) STORED
);
CREATE INDEX products_search ON products USING gin (search);
CREATE INDEX ON products (lower(title), price DESC NULLS LAST);

CREATE TABLE orders (
    id serial,
    customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
    state order_state NOT NULL DEFAULT 'draft',
    placed_at timestamptz,
    CONSTRAINT orders_pk PRIMARY KEY (id),
    CONSTRAINT placed_has_date CHECK (state = 'draft' OR placed_at IS NOT NULL)
);

CREATE TABLE order_lines (
    order_id int REFERENCES orders (id),
    line smallint,
    sku varchar(20) NOT NULL REFERENCES products,
    quantity int NOT NULL CHECK (quantity > 0),
    price money_amount,
    total numeric GENERATED ALWAYS AS (quantity * price) STORED,
    PRIMARY KEY (order_id, line),
    UNIQUE (order_id, sku)
);
CREATE UNIQUE INDEX one_open_order ON orders (customer_id) WHERE state = 'draft';

CREATE VIEW order_totals AS
SELECT o.id, o.customer_id, c.name AS customer, count(l.line) AS lines, sum(l.total) AS total
FROM orders o
JOIN customers c ON c.id = o.customer_id
LEFT JOIN order_lines l ON l.order_id = o.id
GROUP BY o.id, c.name;

CREATE OR REPLACE VIEW order_totals AS
SELECT o.id, o.customer_id, c.name AS customer, count(l.line) AS lines, sum(l.total) AS total,
       max(o.placed_at) AS last_placed
FROM orders o
JOIN customers c ON c.id = o.customer_id
LEFT JOIN order_lines l ON l.order_id = o.id
GROUP BY o.id, c.name;

CREATE MATERIALIZED VIEW best_sellers AS
SELECT p.*, rank() OVER (ORDER BY sum(l.quantity) DESC) AS place
FROM products p JOIN order_lines l USING (sku) GROUP BY p.sku
WITH NO DATA;
CREATE UNIQUE INDEX ON best_sellers (sku);

CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.placed_at := now();
  RETURN NEW;
END;
$$;
CREATE TRIGGER place BEFORE UPDATE OF state ON orders FOR EACH ROW
  WHEN (NEW.state = 'placed') EXECUTE FUNCTION touch();
CREATE FUNCTION customer_orders(customer bigint, states order_state[] DEFAULT NULL)
RETURNS SETOF orders LANGUAGE sql STABLE AS $$
  SELECT * FROM orders WHERE customer_id = customer AND (states IS NULL OR state = ANY (states))
$$;
CREATE FUNCTION order_summary(OUT orders bigint, OUT customers bigint) LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT count(*), count(DISTINCT customer_id) FROM shop.orders;
END;
CREATE PROCEDURE cancel(INOUT number int) LANGUAGE plpgsql AS $$ BEGIN number := 0; END $$;

ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON customers USING (email = current_user);
GRANT SELECT ON ALL TABLES IN SCHEMA shop TO PUBLIC;
INSERT INTO customers (email, name) VALUES ('a@example.org', 'A');
SELECT setval('orders_id_seq', 100);

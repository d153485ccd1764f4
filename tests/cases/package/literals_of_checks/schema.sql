CREATE DOMAIN size AS text CHECK (VALUE IN ('small', 'large'));
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    status text NOT NULL CHECK (status IN ('new', 'paid', 'sent')),
    priority int CHECK (priority = 0x1 OR priority = 2),
    size size,
    channel text CHECK (channel IN ('web', 'shop') OR status = 'new'),
    kind text CONSTRAINT kinds CHECK (kind IN ('gift')) NOT ENFORCED
);
CREATE VIEW open_orders AS SELECT id, status AS state FROM orders WHERE status <> 'sent';

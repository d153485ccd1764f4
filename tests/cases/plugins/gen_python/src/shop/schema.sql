CREATE TYPE condition AS ENUM ('new', 'used');
CREATE TABLE sellers (seller_id SERIAL PRIMARY KEY, name text NOT NULL DEFAULT '');
CREATE TABLE offers (
    offer_id SERIAL PRIMARY KEY,
    seller_id integer NOT NULL REFERENCES sellers (seller_id),
    ean text NOT NULL UNIQUE,
    condition condition NOT NULL DEFAULT 'new',
    headline text NOT NULL,
    price numeric,
    since timestamp with time zone NOT NULL DEFAULT 'NOW()',
    marks varchar[] NOT NULL DEFAULT '{}',
    photo bytea
);

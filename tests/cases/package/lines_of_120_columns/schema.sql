CREATE TYPE mood AS ENUM ('sad', 'so so', 'happy');

CREATE TABLE authors (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    mood mood NOT NULL DEFAULT 'happy',
    born date,
    notes jsonb
);

COMMENT ON TABLE authors IS 'Someone who writes.';
COMMENT ON COLUMN authors.born IS 'Not known of everyone.';

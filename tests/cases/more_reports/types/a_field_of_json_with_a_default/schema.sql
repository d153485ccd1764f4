CREATE TABLE users (
    id bigint PRIMARY KEY,
    code text NOT NULL,
    settings jsonb NOT NULL,
    tags text[] NOT NULL DEFAULT '{}',
    created timestamptz NOT NULL DEFAULT now()
);

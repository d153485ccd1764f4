CREATE TABLE events (id bigint, created timestamptz NOT NULL);

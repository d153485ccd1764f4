CREATE TABLE users (id bigint, settings jsonb NOT NULL);

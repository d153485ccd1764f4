CREATE TABLE authors (id bigint PRIMARY KEY, bio text, details jsonb);

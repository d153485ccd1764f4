CREATE TABLE stays (id bigint PRIMARY KEY, guest text NOT NULL, length interval NOT NULL, details jsonb);

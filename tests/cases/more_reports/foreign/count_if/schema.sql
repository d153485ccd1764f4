CREATE TABLE visits (id bigint PRIMARY KEY, day date NOT NULL, at timestamptz NOT NULL);

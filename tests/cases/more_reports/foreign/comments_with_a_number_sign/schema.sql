# Who writes what
CREATE TABLE tags (
    id bigint PRIMARY KEY, # never reused
    name text NOT NULL
);

CREATE TABLE events (id bigint, created datetime);

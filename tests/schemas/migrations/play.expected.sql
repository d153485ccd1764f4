CREATE TABLE plays (id bigint PRIMARY KEY, title text NOT NULL, year smallint);

# --- !Ups
CREATE TABLE plays (id bigint PRIMARY KEY, title text NOT NULL);

# --- !Downs
DROP TABLE plays;

CREATE TABLE author (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE "guest-book" (id int PRIMARY KEY, author int NOT NULL REFERENCES author);

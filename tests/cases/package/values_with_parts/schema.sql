CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE place AS (city text, moods mood[]);
CREATE TYPE trip AS (start place, stops place[], cost numeric);
CREATE TYPE moods AS RANGE (subtype = mood);
CREATE TABLE trips (id int PRIMARY KEY, trip trip NOT NULL, between_ moods, all_ mood[], seen int[]);

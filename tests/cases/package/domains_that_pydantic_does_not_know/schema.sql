CREATE DOMAIN place AS point;
CREATE DOMAIN corner AS place;
CREATE DOMAIN route AS place[];
CREATE TYPE leg AS (start place, name text);
CREATE DOMAIN trip AS leg[];
CREATE DOMAIN tour AS trip;

CREATE TABLE journeys (
    id bigint PRIMARY KEY,
    home place NOT NULL,
    corner corner,
    route route,
    trip trip NOT NULL,
    tour tour
);

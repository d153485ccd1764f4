CREATE TYPE colour AS ENUM ('red', 'green');
CREATE DOMAIN paint AS colour;
CREATE TABLE walls (id int PRIMARY KEY, paint paint NOT NULL, layers paint[] NOT NULL, primer paint);

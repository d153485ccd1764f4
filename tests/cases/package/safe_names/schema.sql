CREATE TABLE connections (id int, "class" text, uuid uuid, "2nd" int, "Total Amount" int, row text);
CREATE TYPE kind AS ENUM ('', 'a-b', 'a b', 'class', '1', 'mro');
CREATE TABLE methods ("classmethod" int PRIMARY KEY, super int NOT NULL);

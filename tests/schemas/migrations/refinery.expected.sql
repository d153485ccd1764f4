CREATE TABLE one (id int PRIMARY KEY);
CREATE TABLE two (id int REFERENCES one, three text[]);

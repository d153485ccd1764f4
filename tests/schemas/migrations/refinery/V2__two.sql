CREATE TABLE two (id int REFERENCES one);

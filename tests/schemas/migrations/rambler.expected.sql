CREATE TABLE foo (id int, bar text);

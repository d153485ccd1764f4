CREATE TABLE never_made (id int);

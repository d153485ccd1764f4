CREATE TABLE also_never_made (id int);

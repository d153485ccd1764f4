CREATE TABLE cars (id uuid PRIMARY KEY, model_name text NOT NULL, sold_on date);
CREATE TABLE rents (id int PRIMARY KEY, days daterange NOT NULL, price numeric NOT NULL);

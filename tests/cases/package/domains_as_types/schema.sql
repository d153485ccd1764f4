CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
COMMENT ON DOMAIN email IS 'An address with an @ in it.';
CREATE DOMAIN work_email AS email;
CREATE TABLE contacts (id int PRIMARY KEY, email email NOT NULL, work work_email, more email[]);

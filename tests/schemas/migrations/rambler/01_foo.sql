-- rambler up
CREATE TABLE foo (id int);
-- rambler down
DROP TABLE foo;
-- rambler up
ALTER TABLE foo ADD COLUMN bar text;
-- rambler down
ALTER TABLE foo DROP COLUMN bar;

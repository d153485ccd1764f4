-- !Ups
ALTER TABLE plays ADD COLUMN year smallint;
-- !Downs
ALTER TABLE plays DROP COLUMN year;

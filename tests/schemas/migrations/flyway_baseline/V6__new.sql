ALTER TABLE base ADD COLUMN name text;

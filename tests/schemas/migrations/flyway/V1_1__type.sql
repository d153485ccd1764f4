ALTER TABLE measurements ALTER COLUMN value TYPE numeric USING value::numeric;

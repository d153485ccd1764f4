ALTER TABLE measurements RENAME COLUMN measure TO unit;

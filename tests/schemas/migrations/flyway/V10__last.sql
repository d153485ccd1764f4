ALTER TABLE measurements RENAME COLUMN unit TO measure;

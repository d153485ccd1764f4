ALTER TABLE two ADD COLUMN three text[];

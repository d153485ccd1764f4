ALTER TABLE todos ADD COLUMN due timestamptz;

-- +migrate Up notransaction
ALTER TABLE people ALTER COLUMN born SET NOT NULL;
-- +migrate Down
ALTER TABLE people ALTER COLUMN born DROP NOT NULL;

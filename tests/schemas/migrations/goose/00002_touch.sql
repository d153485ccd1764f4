-- +goose Up
ALTER TABLE users ADD COLUMN seen timestamptz;
-- +goose StatementBegin
CREATE FUNCTION touch() RETURNS trigger AS $$
BEGIN
  NEW.seen := now();  -- +goose is mentioned here
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;
-- +goose StatementEnd
CREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();

-- +goose Down
DROP TRIGGER touch ON users;
-- +goose StatementBegin
DROP FUNCTION touch();
-- +goose StatementEnd
ALTER TABLE users DROP COLUMN seen;

-- +goose Up
-- +goose StatementBegin
CREATE TABLE users (id bigserial PRIMARY KEY, name text NOT NULL);
-- +goose StatementEnd

-- +goose Down
DROP TABLE users;

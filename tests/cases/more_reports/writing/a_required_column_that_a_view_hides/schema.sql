CREATE TABLE accounts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner text NOT NULL,
    region text NOT NULL
);
CREATE VIEW our_accounts AS SELECT id, owner FROM accounts WHERE region = 'eu';

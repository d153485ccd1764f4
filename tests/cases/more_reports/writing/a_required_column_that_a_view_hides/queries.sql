-- name: AddAccount :exec
INSERT INTO our_accounts (owner) VALUES (@owner);

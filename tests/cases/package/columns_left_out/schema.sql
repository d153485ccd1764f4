CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL, secret text NOT NULL, tags text[]);
CREATE TABLE posts (
    id int PRIMARY KEY, user_id int REFERENCES users, title text NOT NULL, search tsvector,
    at timestamptz NOT NULL
);

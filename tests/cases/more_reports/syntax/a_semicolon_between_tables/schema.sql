CREATE TABLE tags (
    id bigint PRIMARY KEY
)

CREATE TABLE labels (
    id bigint PRIMARY KEY,
    tag bigint REFERENCES tags
);

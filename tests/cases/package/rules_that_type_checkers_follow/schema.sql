CREATE TABLE notes (
    id int PRIMARY KEY,
    certain jsonb NOT NULL,
    perhaps jsonb,
    size int NOT NULL,
    vector text NOT NULL,
    several jsonb[]
);

-- `steps` is shaped like a table of a working application, `points` is as small as they come.

CREATE TABLE steps (
    id uuid NOT NULL,
    run_id uuid NOT NULL,
    chat_id uuid NOT NULL,
    step_number int NOT NULL,
    operation text NOT NULL,
    status text NOT NULL,
    tip_id bigint,
    message_id bigint,
    request jsonb NOT NULL,
    response jsonb,
    usage jsonb,
    attempts jsonb NOT NULL,
    error jsonb,
    metadata jsonb NOT NULL,
    started_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    finished_at timestamptz
);

CREATE TABLE points (id int NOT NULL, name text NOT NULL, weight float8 NOT NULL);

-- 200 shelves of 100 volumes.
CREATE TABLE shelves (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE volumes (
    id int PRIMARY KEY,
    shelf_id int NOT NULL REFERENCES shelves,
    title text NOT NULL,
    price numeric NOT NULL,
    bought timestamptz NOT NULL
);

-- 200,000 of them.
CREATE TABLE goods (
    id int PRIMARY KEY,
    kind int NOT NULL,
    shelf text NOT NULL,
    price int NOT NULL,
    added timestamptz NOT NULL
);

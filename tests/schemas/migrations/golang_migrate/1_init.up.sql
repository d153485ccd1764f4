CREATE TYPE status AS ENUM ('new', 'done');
CREATE TABLE tasks (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), status status NOT NULL DEFAULT 'new');

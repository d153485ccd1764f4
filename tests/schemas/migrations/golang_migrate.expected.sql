CREATE TYPE status AS ENUM ('new', 'late', 'done');
CREATE TABLE tasks (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    status status NOT NULL DEFAULT 'new',
    due date,
    CONSTRAINT due_when_late CHECK (status <> 'late' OR due IS NOT NULL)
);

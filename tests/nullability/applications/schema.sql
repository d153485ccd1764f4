-- What applications keep: accounts, billing, projects, chat, stock, events, jobs, an audit log.

CREATE EXTENSION IF NOT EXISTS pgcrypto;
CREATE TYPE plan AS ENUM ('free', 'team', 'enterprise');
CREATE TYPE member_role AS ENUM ('owner', 'admin', 'member', 'guest');
CREATE TYPE invoice_status AS ENUM ('draft', 'open', 'paid', 'void');
CREATE TYPE job_state AS ENUM ('queued', 'running', 'done', 'failed');
CREATE TYPE movement_kind AS ENUM ('in', 'out', 'adjust');

CREATE TABLE organizations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    slug text NOT NULL UNIQUE,
    name text NOT NULL,
    plan plan NOT NULL DEFAULT 'free',
    settings jsonb NOT NULL DEFAULT '{}',
    trial_ends_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
);
CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL,
    display_name text,
    password_hash text,
    avatar_url text,
    is_admin boolean NOT NULL DEFAULT false,
    last_seen_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
);
CREATE UNIQUE INDEX users_email ON users (lower(email)) WHERE deleted_at IS NULL;
CREATE TABLE memberships (
    organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    role member_role NOT NULL DEFAULT 'member',
    invited_by bigint REFERENCES users ON DELETE SET NULL,
    joined_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, user_id)
);
CREATE TABLE sessions (
    token_hash bytea PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    ip inet,
    user_agent text,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE TABLE api_keys (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations,
    created_by bigint REFERENCES users ON DELETE SET NULL,
    prefix text NOT NULL,
    secret_hash bytea NOT NULL UNIQUE,
    scopes text[] NOT NULL DEFAULT '{}',
    last_used_at timestamptz,
    expires_at timestamptz,
    revoked boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX api_keys_prefix ON api_keys (prefix) WHERE NOT revoked;
CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations,
    external_id text,
    name text NOT NULL,
    email text,
    country char(2),
    balance numeric(14,2) NOT NULL DEFAULT 0,
    UNIQUE (organization_id, external_id)
);
CREATE TABLE products (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations,
    sku text NOT NULL,
    title text NOT NULL,
    description text,
    price_cents integer NOT NULL CHECK (price_cents >= 0),
    weight_grams integer,
    tags text[] NOT NULL DEFAULT '{}',
    archived boolean NOT NULL DEFAULT false,
    UNIQUE (organization_id, sku)
);
CREATE TABLE invoices (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations,
    customer_id bigint NOT NULL REFERENCES customers,
    number text NOT NULL,
    status invoice_status NOT NULL DEFAULT 'draft',
    issued_on date,
    due_on date,
    paid_at timestamptz,
    note text,
    currency char(3) NOT NULL DEFAULT 'EUR',
    CHECK (status <> 'paid' OR paid_at IS NOT NULL),
    CHECK (status = 'draft' OR issued_on IS NOT NULL),
    UNIQUE (organization_id, number)
);
CREATE TABLE invoice_lines (
    invoice_id bigint NOT NULL REFERENCES invoices ON DELETE CASCADE,
    position integer NOT NULL,
    product_id bigint REFERENCES products,
    description text NOT NULL,
    quantity numeric NOT NULL DEFAULT 1,
    unit_cents integer NOT NULL,
    discount numeric,
    PRIMARY KEY (invoice_id, position)
);
CREATE TABLE payments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    invoice_id bigint NOT NULL REFERENCES invoices,
    amount_cents integer NOT NULL,
    method text NOT NULL,
    reference text,
    received_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE projects (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations,
    key text NOT NULL,
    name text NOT NULL,
    lead_id bigint REFERENCES users,
    parent_id bigint REFERENCES projects,
    archived_at timestamptz,
    UNIQUE (organization_id, key)
);
CREATE TABLE issues (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id bigint NOT NULL REFERENCES projects,
    number integer NOT NULL,
    title text NOT NULL,
    body text,
    reporter_id bigint NOT NULL REFERENCES users,
    assignee_id bigint REFERENCES users,
    estimate integer,
    priority smallint NOT NULL DEFAULT 3,
    due_on date,
    closed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    search tsvector GENERATED ALWAYS AS (to_tsvector('english', title || ' ' || coalesce(body, ''))) STORED,
    UNIQUE (project_id, number)
);
CREATE TABLE labels (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id bigint NOT NULL REFERENCES projects,
    name text NOT NULL,
    color text,
    UNIQUE (project_id, name)
);
CREATE TABLE issue_labels (
    issue_id bigint REFERENCES issues ON DELETE CASCADE,
    label_id bigint REFERENCES labels ON DELETE CASCADE,
    PRIMARY KEY (issue_id, label_id)
);
CREATE TABLE comments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    issue_id bigint NOT NULL REFERENCES issues,
    author_id bigint REFERENCES users ON DELETE SET NULL,
    body text NOT NULL,
    reply_to bigint REFERENCES comments,
    created_at timestamptz NOT NULL DEFAULT now(),
    edited_at timestamptz
);
CREATE TABLE channels (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations,
    name text,
    is_direct boolean NOT NULL DEFAULT false,
    topic text,
    CHECK (is_direct OR name IS NOT NULL)
);
CREATE TABLE channel_members (
    channel_id bigint NOT NULL REFERENCES channels,
    user_id bigint NOT NULL REFERENCES users,
    last_read_id bigint,
    muted boolean NOT NULL DEFAULT false,
    PRIMARY KEY (channel_id, user_id)
);
CREATE TABLE messages (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel_id bigint NOT NULL REFERENCES channels,
    sender_id bigint NOT NULL REFERENCES users,
    thread_id bigint REFERENCES messages,
    body text NOT NULL,
    attachments jsonb NOT NULL DEFAULT '[]',
    sent_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
);
CREATE TABLE reactions (
    message_id bigint NOT NULL REFERENCES messages,
    user_id bigint NOT NULL REFERENCES users,
    emoji text NOT NULL,
    PRIMARY KEY (message_id, user_id, emoji)
);
CREATE TABLE warehouses (
    id integer PRIMARY KEY,
    code text NOT NULL UNIQUE,
    city text
);
CREATE TABLE stock (
    warehouse_id integer NOT NULL REFERENCES warehouses,
    product_id bigint NOT NULL REFERENCES products,
    on_hand integer NOT NULL DEFAULT 0,
    reserved integer NOT NULL DEFAULT 0,
    reorder_at integer,
    PRIMARY KEY (warehouse_id, product_id)
);
CREATE TABLE movements (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    warehouse_id integer NOT NULL,
    product_id bigint NOT NULL,
    kind movement_kind NOT NULL,
    quantity integer NOT NULL,
    cost numeric,
    at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (warehouse_id, product_id) REFERENCES stock
);
CREATE TABLE events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id uuid NOT NULL,
    user_id bigint,
    name text NOT NULL,
    properties jsonb NOT NULL DEFAULT '{}',
    occurred_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE jobs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue text NOT NULL DEFAULT 'default',
    kind text NOT NULL,
    args jsonb NOT NULL DEFAULT '{}',
    state job_state NOT NULL DEFAULT 'queued',
    attempts integer NOT NULL DEFAULT 0,
    max_attempts integer NOT NULL DEFAULT 5,
    run_at timestamptz NOT NULL DEFAULT now(),
    locked_by text,
    locked_at timestamptz,
    finished_at timestamptz,
    last_error text,
    unique_key text,
    CHECK ((state = 'running') = (locked_at IS NOT NULL)),
    CHECK ((locked_at IS NULL) = (locked_by IS NULL))
);
CREATE UNIQUE INDEX jobs_unique ON jobs (unique_key) WHERE state IN ('queued', 'running');
CREATE TABLE audit_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations,
    actor_id bigint REFERENCES users,
    action text NOT NULL,
    target text,
    before jsonb,
    after jsonb,
    at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE settings (
    organization_id uuid NOT NULL REFERENCES organizations,
    key text NOT NULL,
    value jsonb NOT NULL,
    updated_by bigint REFERENCES users,
    PRIMARY KEY (organization_id, key)
);
CREATE VIEW active_users AS SELECT id, email, display_name, last_seen_at FROM users WHERE deleted_at IS NULL;
CREATE VIEW invoice_totals AS
    SELECT i.id AS invoice_id, i.organization_id, i.status,
           coalesce(sum(l.quantity * l.unit_cents), 0) AS total_cents,
           count(l.position) AS line_count
    FROM invoices i LEFT JOIN invoice_lines l ON l.invoice_id = i.id
    GROUP BY i.id;
CREATE VIEW issue_details AS
    SELECT i.id, i.project_id, i.number, i.title, p.key || '-' || i.number AS ref, p.organization_id,
           r.email AS reporter_email, a.email AS assignee_email, i.closed_at
    FROM issues i
    JOIN projects p ON p.id = i.project_id
    JOIN users r ON r.id = i.reporter_id
    LEFT JOIN users a ON a.id = i.assignee_id;

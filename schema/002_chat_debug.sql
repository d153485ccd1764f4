-- Debug data of chats: a run is one attempt to answer, a step one call within it.

CREATE TABLE chat_debug_runs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    chat_id uuid NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    root_chat_id uuid,
    parent_chat_id uuid,
    model_config_id uuid,
    trigger_message_id bigint,
    history_tip_message_id bigint,
    kind text NOT NULL,
    status text NOT NULL,
    provider text,
    model text,
    summary jsonb NOT NULL DEFAULT '{}',
    started_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,

    -- What the steps refer to, so that a step always belongs to its run's own chat.
    UNIQUE (id, chat_id)
);

CREATE INDEX chat_debug_runs_newest ON chat_debug_runs (chat_id, started_at DESC, id DESC);
CREATE INDEX chat_debug_runs_retention ON chat_debug_runs (updated_at);

COMMENT ON TABLE chat_debug_runs IS 'One attempt to answer in a chat.';
COMMENT ON COLUMN chat_debug_runs.updated_at IS 'When anything last happened to the run or its steps; decides when it may be deleted.';
COMMENT ON COLUMN chat_debug_runs.finished_at IS 'Set once, when the run ends; from then on it takes no more steps.';

CREATE TABLE chat_debug_steps (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    run_id uuid NOT NULL,
    chat_id uuid NOT NULL,
    step_number integer NOT NULL,
    operation text NOT NULL,
    status text NOT NULL,
    history_tip_message_id bigint,
    assistant_message_id bigint,
    normalized_request jsonb NOT NULL DEFAULT '{}',
    normalized_response jsonb,
    usage jsonb,
    attempts jsonb NOT NULL DEFAULT '[]',
    error jsonb,
    metadata jsonb NOT NULL DEFAULT '{}',
    started_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,

    UNIQUE (run_id, step_number),
    FOREIGN KEY (run_id, chat_id) REFERENCES chat_debug_runs (id, chat_id) ON DELETE CASCADE
);

CREATE INDEX chat_debug_steps_unfinished ON chat_debug_steps (updated_at) WHERE finished_at IS NULL;

COMMENT ON TABLE chat_debug_steps IS 'One call to a model or a tool within a run.';

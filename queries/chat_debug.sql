-- name: InsertChatDebugRun :one
-- Record a new run. Every write sets updated_at, by which old runs are found
-- and deleted.
INSERT INTO chat_debug_runs (
    chat_id,
    root_chat_id,
    parent_chat_id,
    model_config_id,
    trigger_message_id,
    history_tip_message_id,
    kind,
    status,
    provider,
    model,
    summary,
    started_at,
    updated_at,
    finished_at
) VALUES (
    @chat_id,
    sqlc.narg(root_chat_id),
    sqlc.narg(parent_chat_id),
    sqlc.narg(model_config_id),
    sqlc.narg(trigger_message_id),
    sqlc.narg(history_tip_message_id),
    @kind,
    @status,
    sqlc.narg(provider),
    sqlc.narg(model),
    coalesce(sqlc.narg(summary), '{}'::jsonb),
    coalesce(sqlc.narg(started_at), now()),
    coalesce(sqlc.narg(updated_at), now()),
    sqlc.narg(finished_at)
)
RETURNING *;

-- name: UpdateChatDebugRun :one
-- Change a run. What is left out, or None, keeps its value: fields are filled
-- in as the run goes on and never emptied again.
--
-- The first finished_at stays, whatever later calls say, so that how long a
-- run took and the order in which runs ended never change once they are
-- known.
UPDATE chat_debug_runs
SET
    root_chat_id = coalesce(sqlc.narg(root_chat_id), root_chat_id),
    parent_chat_id = coalesce(sqlc.narg(parent_chat_id), parent_chat_id),
    model_config_id = coalesce(sqlc.narg(model_config_id), model_config_id),
    trigger_message_id = coalesce(sqlc.narg(trigger_message_id), trigger_message_id),
    history_tip_message_id = coalesce(sqlc.narg(history_tip_message_id), history_tip_message_id),
    status = coalesce(sqlc.narg(status), status),
    provider = coalesce(sqlc.narg(provider), provider),
    model = coalesce(sqlc.narg(model), model),
    summary = coalesce(sqlc.narg(summary), summary),
    finished_at = coalesce(finished_at, sqlc.narg(finished_at)),
    updated_at = @now
WHERE id = @id AND chat_id = @chat_id
RETURNING *;

-- name: InsertChatDebugStep :one
-- Add a step to a run that has not finished, and mark the run as alive; None
-- for a run that has finished or is not there.
--
-- Updating the run takes its row lock first. Finalizing takes the same lock,
-- so one waits for the other, and whichever comes second sees what the first
-- has done.
WITH live_run AS (
    UPDATE chat_debug_runs
    SET updated_at = coalesce(sqlc.narg(updated_at), now())
    WHERE id = @run_id AND chat_id = @chat_id AND finished_at IS NULL
    RETURNING id, chat_id
)
INSERT INTO chat_debug_steps (
    run_id,
    chat_id,
    step_number,
    operation,
    status,
    history_tip_message_id,
    assistant_message_id,
    normalized_request,
    normalized_response,
    usage,
    attempts,
    error,
    metadata,
    started_at,
    updated_at,
    finished_at
)
SELECT
    live_run.id,
    live_run.chat_id,
    @step_number,
    @operation,
    @status,
    sqlc.narg(history_tip_message_id),
    sqlc.narg(assistant_message_id),
    coalesce(sqlc.narg(normalized_request), '{}'::jsonb),
    sqlc.narg(normalized_response),
    sqlc.narg(usage),
    coalesce(sqlc.narg(attempts), '[]'::jsonb),
    sqlc.narg(error),
    coalesce(sqlc.narg(metadata), '{}'::jsonb),
    coalesce(sqlc.narg(started_at), now()),
    coalesce(sqlc.narg(updated_at), now()),
    sqlc.narg(finished_at)
FROM live_run
RETURNING *;

-- name: UpdateChatDebugStep :one
-- Change a step. As with a run, what is left out keeps its value; the
-- caller's clock says when.
UPDATE chat_debug_steps
SET
    status = coalesce(sqlc.narg(status), status),
    history_tip_message_id = coalesce(sqlc.narg(history_tip_message_id), history_tip_message_id),
    assistant_message_id = coalesce(sqlc.narg(assistant_message_id), assistant_message_id),
    normalized_request = coalesce(sqlc.narg(normalized_request), normalized_request),
    normalized_response = coalesce(sqlc.narg(normalized_response), normalized_response),
    usage = coalesce(sqlc.narg(usage), usage),
    attempts = coalesce(sqlc.narg(attempts), attempts),
    error = coalesce(sqlc.narg(error), error),
    metadata = coalesce(sqlc.narg(metadata), metadata),
    finished_at = coalesce(sqlc.narg(finished_at), finished_at),
    updated_at = @now
WHERE id = @id AND chat_id = @chat_id
RETURNING *;

-- name: TouchChatDebugRunUpdatedAt :exec
-- Set when a run was last heard of, and nothing else. For tests that need a
-- run of a certain age; a working run is touched together with its step.
UPDATE chat_debug_runs
SET updated_at = @now
WHERE id = @id AND chat_id = @chat_id;

-- name: TouchChatDebugStepAndRun :exec
-- A sign of life from a step and its run, in one statement so that a run
-- cannot be found stale between the two.
--
-- The step is reached through the row that updating the run returns. That
-- updates the run first, as finalizing does, which keeps the two from
-- blocking each other; and it leaves a step of another run alone.
WITH touched_run AS (
    UPDATE chat_debug_runs
    SET updated_at = @now
    WHERE id = @run_id AND chat_id = @chat_id
    RETURNING id, chat_id
)
UPDATE chat_debug_steps AS step
SET updated_at = @now
FROM touched_run
WHERE step.id = @step_id
    AND step.run_id = touched_run.id
    AND step.chat_id = touched_run.chat_id;

-- name: GetChatDebugRunsByChatID :many
-- The latest runs of a chat, newest first. The limit has to be given: a chat
-- may have thousands.
SELECT *
FROM chat_debug_runs
WHERE chat_id = @chat_id
ORDER BY started_at DESC, id DESC
LIMIT @limit_val::integer;

-- name: GetChatDebugRunByID :one
SELECT * FROM chat_debug_runs WHERE id = @id;

-- name: GetChatDebugStepsByRunID :many
-- The steps of a run in their order.
SELECT *
FROM chat_debug_steps
WHERE run_id = @run_id
ORDER BY step_number, started_at;

-- name: DeleteChatDebugDataByChatID :execrows
-- Delete a chat's runs with their steps. Only those that started before the
-- moment given: a clean-up that is tried again later must not take the runs
-- of an answer begun since.
DELETE FROM chat_debug_runs
WHERE chat_id = @chat_id AND started_at < @started_before;

-- name: DeleteChatDebugDataAfterMessageID :execrows
-- Delete the runs that have to do with messages after the one given,
-- themselves or through one of their steps. started_before spares later runs,
-- as it does when a whole chat is deleted.
WITH concerned AS (
    SELECT run.id
    FROM chat_debug_runs AS run
    WHERE run.chat_id = @chat_id
        AND run.started_at < @started_before
        AND (run.trigger_message_id > @message_id OR run.history_tip_message_id > @message_id)
    UNION
    SELECT run.id
    FROM chat_debug_runs AS run
    JOIN chat_debug_steps AS step ON step.run_id = run.id AND step.chat_id = run.chat_id
    WHERE run.chat_id = @chat_id
        AND run.started_at < @started_before
        AND (step.assistant_message_id > @message_id OR step.history_tip_message_id > @message_id)
)
DELETE FROM chat_debug_runs
WHERE chat_id = @chat_id AND id IN (SELECT id FROM concerned);

-- name: DeleteOldChatDebugRuns :execrows
-- Delete a batch of runs that nothing has happened to since before_time, the
-- longest silent first. Whether they finished does not matter: a run that was
-- abandoned has to go as well.
WITH old_runs AS (
    SELECT id, chat_id
    FROM chat_debug_runs
    WHERE updated_at < @before_time
    ORDER BY updated_at, id
    LIMIT @limit_count::integer
)
DELETE FROM chat_debug_runs AS run
USING old_runs
WHERE run.id = old_runs.id AND run.chat_id = old_runs.chat_id;

-- name: FinalizeStaleChatDebugRows :one
-- Mark runs and steps whose process has gone as interrupted, and say how many
-- of each.
--
-- A step goes with its run even where the step itself was heard of since. It
-- is found through what updating the runs returns: both updates look at the
-- tables as they were when the statement began, and would not see each
-- other's work in them.
WITH stale_runs AS (
    UPDATE chat_debug_runs
    SET status = 'interrupted', updated_at = @now, finished_at = @now
    WHERE updated_at < @updated_before
        AND finished_at IS NULL
        AND status NOT IN ('completed', 'error', 'interrupted')
    RETURNING id
), stale_steps AS (
    UPDATE chat_debug_steps
    SET status = 'interrupted', updated_at = @now, finished_at = @now
    WHERE (updated_at < @updated_before OR run_id IN (SELECT id FROM stale_runs))
        AND finished_at IS NULL
        AND status NOT IN ('completed', 'error', 'interrupted')
    RETURNING id
)
SELECT
    (SELECT count(*) FROM stale_runs) AS runs_finalized,
    (SELECT count(*) FROM stale_steps) AS steps_finalized;

"""What rewrite rules on a relation forbid a write to it (manual 39.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.dataclass import replace

if TYPE_CHECKING:
    from sqlwright.analysis import tree
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.catalog.model import Relation, Rule


def check_rules(state: ParseState, query: tree.Query, relation: Relation, in_with: bool) -> None:
    """Refuse what cannot be rewritten by the relation's rules."""
    rules = [rule for rule in relation.rules if rule.event != "select"]
    if not rules:
        return
    if query.command == "merge":
        _refuse(
            state,
            query,
            f'cannot execute MERGE on relation "{relation.name}"',
            detail="MERGE is not supported for relations with rules.",
        )
    fired = [rule for rule in rules if rule.event == query.command]
    if in_with:
        _check_in_with(state, query, fired)
    if query.on_conflict is not None and any(rule.event in ("insert", "update") for rule in rules):
        _refuse(
            state,
            query,
            "INSERT with ON CONFLICT clause cannot be used with table that has INSERT or UPDATE "
            "rules",
        )
    if query.returning and any(rule.instead for rule in fired):
        _check_returning(state, query, relation, fired)


def rewritten_output(query: tree.Query) -> tree.Query:
    """The statement with the columns that come of it: none where the last statement of its kind
    that rules put in its place returns none, or there is none of its kind (manual 39.6)."""
    relation = query.target_entry.relation if query.target_entry is not None else None
    if relation is None or not query.returning:
        return query
    fired = sorted(
        (each for each in relation.rules if each.event == query.command and each.instead),
        key=lambda each: each.name,
    )
    if not any(not each.conditional for each in fired):
        return query
    alike = [returns for each in fired for kind, returns in each.kinds if kind == query.command]
    return query if alike and alike[-1] else replace(query, returning=())


def _check_in_with(state: ParseState, query: tree.Query, fired: list[Rule]) -> None:
    for rule in fired:
        if not rule.instead:
            what = "DO ALSO rules"
        elif rule.conditional:
            what = "conditional DO INSTEAD rules"
        elif rule.actions == 0:
            what = "DO INSTEAD NOTHING rules"
        elif rule.actions > 1:
            what = "multi-statement DO INSTEAD rules"
        else:
            continue
        _refuse(
            state,
            query,
            f"{what} are not supported for data-modifying statements in WITH",
        )


def _check_returning(
    state: ParseState, query: tree.Query, relation: Relation, fired: list[Rule]
) -> None:
    if any(rule.instead and rule.returning and not rule.conditional for rule in fired):
        return
    event = query.command.upper()
    _refuse(
        state,
        query,
        f'cannot perform {event} RETURNING on relation "{relation.name}"',
        hint=f"You need an unconditional ON {event} DO INSTEAD rule with a RETURNING clause.",
    )


def _refuse(
    state: ParseState,
    query: tree.Query,
    message: str,
    *,
    detail: str | None = None,
    hint: str | None = None,
) -> None:
    entry = query.target_entry
    state.error(
        "feature-not-supported",
        message,
        (entry.start, entry.end) if entry is not None else None,
        sqlstate="0A000",
        detail=detail,
        hint=hint,
    )

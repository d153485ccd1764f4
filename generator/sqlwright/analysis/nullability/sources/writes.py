"""What RETURNING shows: rows as a write leaves them (manual 6.4)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.nullability.ground.keys import (
    NOTHING,
    Facts,
    Key,
    intersection,
    mentions,
    var_key,
)
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.ground.verdicts import Verdict, as_found, branches, maybe, never
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.nullability.sources.tables import generated_from, plain_column, table_column
from sqlwright.analysis.nullability.sources.view_writes import view_column
from sqlwright.analysis.premises.current import current_column, current_relation
from sqlwright.analysis.premises.interception import events_of, is_taken_over, may_change_row
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Column, Relation
from sqlwright.dataclass import replace


def target_column(judge: Judge, expr: tree.Var, scope: Scope) -> Verdict:
    """A column of the written table: what the row that RETURNING shows holds."""
    query, entry = scope.query, expr.entry
    relation = current_relation(judge.catalog, entry)
    if relation is None:
        return maybe("nothing is known of this relation")
    if not scope.writing:
        absent = None if expr.returning is None else absent_version(query, expr.returning)
        if absent is not None:
            return maybe(absent)
        if _is_taken_over(judge, relation, scope):
            return maybe(f"a rule or trigger decides what is returned of {relation.name}")
    if expr.number <= 0:
        return never(proof_rules.ROW_THERE, "the row written, or a system column")
    if relation.kind == "view":
        return view_column(judge, expr, scope)
    plain = plain_column(judge, entry, expr.number)
    if scope.writing or not plain.nullable:
        return plain
    column = current_column(judge.catalog, entry, expr.number)
    plain = _generated_anew(judge, expr, column, scope) or plain
    if not plain.nullable:
        return plain
    if expr.returning == "new" and scope.knows(var_key(entry, expr.number)):
        return never(proof_rules.UNASSIGNED, "a condition that the change leaves true", None, plain)
    if expr.returning == "old":
        # Conditions were true of the row as it was.
        key = var_key(entry, expr.number)
        known = _before(judge, scope).knows(key) or key in _merged_where(judge, query)
        if not known:
            return plain
        return never(proof_rules.OLD_ROW, "a condition on the row as it was", None, plain)
    if column is None or _may_change_row(judge, entry, scope):
        return plain
    return _written(judge, column, scope) or plain


def _before(judge: Judge, scope: Scope) -> Scope:
    """The scope of the row as it was before the statement, whose conditions were true of that."""
    return judge.once(
        scope,
        "before",
        lambda: judge.outputs.open(scope.query, scope.parent, scope.source),
    )


def _is_taken_over(judge: Judge, relation: Relation, scope: Scope) -> bool:
    return judge.once(
        scope,
        "taken over",
        lambda: any(is_taken_over(relation, event) for event in events_of(scope.query)),
    )


def _may_change_row(judge: Judge, target: tree.RangeTableEntry, scope: Scope) -> bool:
    return judge.once(scope, "changed", lambda: may_change_row(judge.catalog, target, scope.query))


def _generated_anew(
    judge: Judge, expr: tree.Var, column: Column | None, scope: Scope
) -> Verdict | None:
    """A generated column of the row that is returned, by what that row's other columns hold."""
    if column is None or column.generated is None:
        return None
    others = (replace(expr, number=at) for at in generated_from(judge, expr.entry, column))
    known = [var.number for var in others if not judge.verdict(var, scope).nullable]
    return table_column(judge, expr.entry, expr.number, known)


def source_may_be_absent(query: tree.Query, entry: tree.RangeTableEntry) -> bool:
    """Whether MERGE acts on target rows that no row of its source matched."""
    return (
        query.command == "merge"
        and entry is not query.target_entry
        and any(branch.match == "not matched by source" for branch in query.merge_branches)
    )


def returning_scope(judge: Judge, scope: Scope) -> Scope:
    """The scope of RETURNING, which shows rows that their table's CHECKs allow."""
    query = scope.query
    target = query.target_entry
    relation = current_relation(judge.catalog, target) if target is not None else None
    if target is not None and query.command == "merge":
        scope = replace(scope, known=scope.known | _merged_from(judge, query, target))
    if target is None or relation is None:
        return scope
    kept = _still_known(judge.catalog, scope, target, relation)
    if any(is_taken_over(relation, event) for event in events_of(query)):
        return replace(scope, known=kept)
    return replace(scope, known=kept | judge.logic.row_facts(target))


def _still_known(
    catalog: Catalog, scope: Scope, target: tree.RangeTableEntry, relation: Relation
) -> Facts:
    """Conditions spoke of the row before UPDATE changed it, so what they say of assigned columns,
    and of those generated from them, no longer holds; of no column where a trigger may change any,
    or where the columns are those of a view."""
    query = scope.query
    if query.command not in ("update", "delete"):
        return scope.known
    ruled = any(rule.event == query.command for rule in relation.rules)
    if query.command == "delete" and not ruled:
        return scope.known
    if ruled or relation.kind == "view" or may_change_row(catalog, target, query):
        changed = set(range(len(target.columns) + 1))
    else:
        changed = {0} | set(_changed_numbers(target, query))
    return frozenset(key for key in scope.known if not _speaks_of(key, id(target), changed))


def _merged_from(judge: Judge, query: tree.Query, target: tree.RangeTableEntry) -> Facts:
    """What holds of the source's row whichever WHEN has acted."""
    facts = _merged_where(judge, query)
    return frozenset(key for key in facts if not _speaks_of(key, id(target)))


def _merged_where(judge: Judge, query: tree.Query) -> Facts:
    """What held of the rows that MERGE has acted on, as they were, whichever WHEN it was."""
    return intersection(
        _conditions_on(judge, query, branch)
        for branch in query.merge_branches
        if branch.action != "nothing"
    )


def _conditions_on(judge: Judge, query: tree.Query, branch: tree.MergeBranch) -> Facts:
    """What holds of the rows that a WHEN acts on, as they were."""
    facts = judge.logic.true_facts(branch.condition)
    if branch.match == "matched":
        facts |= judge.logic.true_facts(query.merge_on)
    return facts


def excluded_column(judge: Judge, expr: tree.Var, scope: Scope) -> Verdict:
    """A column of the row that was proposed for insertion, which has passed NOT NULL and CHECK."""
    plain = plain_column(judge, expr.entry, expr.number)
    column = current_column(judge.catalog, expr.entry, expr.number)
    if not plain.nullable or column is None or scope.query.target_entry is None:
        return plain
    if _may_change_row(judge, scope.query.target_entry, scope):
        return plain
    return inserted_value(judge, column, scope) or plain


def _changed_numbers(target: tree.RangeTableEntry, query: tree.Query) -> Iterator[int]:
    assigned = {item.column.number for item in query.assignments}
    for at, column in enumerate(target.columns, 1):
        source = column.source
        if source is None or source.generated is not None or source.number in assigned:
            yield at


def absent_version(query: tree.Query, returning: str | None) -> str | None:
    """Why `old` or `new` may be no row at all, None if there surely is one."""
    events = events_of(query)
    if returning == "old" and "insert" in events:
        return "an inserted row has no old version"
    if returning == "new" and "delete" in events:
        return "a deleted row has no new version"
    return None


def _written(judge: Judge, column: Column, scope: Scope) -> Verdict | None:
    """The verdict on the value that the statement assigns, None where it assigns none."""
    query = scope.query
    if query.command == "update":
        before = judge.once(scope, "updating", lambda: replace(_before(judge, scope), writing=True))
        return assigned_value(judge, query.assignments, column, before)
    if query.command == "merge":
        return _merged(judge, column, scope)
    if query.command != "insert":
        return None
    inserted = inserted_value(judge, column, scope)
    conflict = query.on_conflict
    if conflict is None or conflict.action != "update" or inserted is None or inserted.nullable:
        return inserted
    facts = judge.logic.true_facts(conflict.where)
    before = replace(scope, writing=True, known=scope.known | facts)
    updated = assigned_value(judge, conflict.assignments, column, before)
    if updated is None:
        return None
    return branches(proof_rules.WRITTEN, "inserted or updated", None, [inserted, updated])


def _merged(judge: Judge, column: Column, scope: Scope) -> Verdict | None:
    """The verdict on a column that every WHEN of MERGE which acts assigns."""
    found: list[Verdict] = []
    for branch in scope.query.merge_branches:
        if branch.action == "nothing":
            continue
        facts = _conditions_on(judge, scope.query, branch)
        before = replace(scope, writing=True, known=facts)
        verdict = assigned_value(judge, branch.assignments, column, before)
        if verdict is None and branch.action == "insert" and column.default:
            verdict = _default(judge, column, None, before)
        if verdict is None or branch.overriding is not None:
            return None
        found.append(verdict)
    if not found:
        return None
    return branches(proof_rules.WRITTEN, "the values that MERGE writes", None, found)


def inserted_value(judge: Judge, column: Column, scope: Scope) -> Verdict | None:
    """The verdict on what an INSERT, the query of the scope, writes to a column: a value of its own
    or the default; None where that is not known."""
    query = scope.query
    before = judge.once(scope, "inserting", lambda: replace(scope, writing=True, known=NOTHING))
    for at, item in enumerate(query.assignments):
        if item.column.number == column.number:
            if not item.whole:
                return None
            rows = [row[at] for row in query.insert_rows if at < len(row)] or [item.value]
            values = [_default(judge, column, row, before) for row in rows]
            return branches(proof_rules.WRITTEN, "the values inserted", None, values)
    if column.default and column.generated is None and query.overriding is None:
        return _default(judge, column, None, before)
    return None


def _default(judge: Judge, column: Column, value: tree.Expr | None, scope: Scope) -> Verdict:
    """The verdict on a value to store; None and DEFAULT stand for the column's own."""
    if value is not None and not isinstance(value, tree.SetToDefault):
        return judge.verdict(value, scope)
    if isinstance(column.expression, tree.Expr) and column.generated is None:
        query = tree.Query(command="select")
        found = judge.verdict(column.expression, Scope(query=query, parent=None, source=None))
        text = f"the default of {column.name}"
        return as_found(proof_rules.DEFAULT, text, column.declared, found)
    return maybe(f"column {column.name} may have no default")


def assigned_value(
    judge: Judge, assignments: tuple[tree.TargetAssignment, ...], column: Column, scope: Scope
) -> Verdict | None:
    """The verdict on what an assignment writes to a column, None where none does as a whole."""
    for item in assignments:
        if item.column.number == column.number:
            return _default(judge, column, item.value, scope) if item.whole else None
    return None


def _speaks_of(key: Key, entry: int, numbers: set[int] | None = None) -> bool:
    """Whether a key is of something made of an entry, or of these columns of it."""
    return mentions(
        key,
        lambda part: (
            len(part) == 4
            and part[0] == "column"
            and part[1] == entry
            and (numbers is None or part[2] in numbers)
        ),
    )

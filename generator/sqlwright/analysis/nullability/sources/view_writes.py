"""What RETURNING shows of rows written through a view (manual, CREATE VIEW, updatable views).

They are rows of the view's table, which the view's own conditions need not let through once they
are written: one that is deleted, and one as it was before an update, has passed them.
"""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.ground.verdicts import Verdict, maybe
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.premises.current import current_column, current_relation
from sqlwright.analysis.premises.interception import events_of, is_taken_over, may_change_row
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import replace

_UNKNOWN = maybe("what is written through a view need not satisfy its conditions")


def view_column(judge: Judge, expr: tree.Var, scope: Scope) -> Verdict:
    """A column of a view that is written: of the row before or after, as RETURNING asks."""
    relation = current_relation(judge.catalog, expr.entry)
    stored = relation.stored if relation is not None else None
    column = current_column(judge.catalog, expr.entry, expr.number)
    if relation is None or column is None or not isinstance(stored, tree.Query):
        return _UNKNOWN
    shown = stored.output[relation.columns.index(column)].expr
    bases = [node.entry for node in stored.from_nodes if isinstance(node, tree.FromLeaf)]
    if len(bases) != 1 or _is_intercepted(judge, bases[0], scope.query):
        return _UNKNOWN
    before = _passed(judge, relation, expr, scope)
    if before is not None:
        return before
    (base,) = bases
    table = current_relation(judge.catalog, base)
    if table is None or table.kind == "view":
        return _of_inner(judge, shown, scope)
    assigned = _assigned(judge, relation, stored, shown, scope)
    if assigned is not None:
        return assigned
    # The view's expression over a row of the table, of which nothing more is known.
    over_table = judge.outputs.open(replace(stored, where=None), None, None, rechecked=True)
    return judge.verdict(shown, over_table)


def _is_intercepted(judge: Judge, base: tree.RangeTableEntry, query: tree.Query) -> bool:
    """Whether a trigger or rule of what a view rests on, however deep, yields the rows."""
    relation = current_relation(judge.catalog, base)
    if relation is None or any(is_taken_over(relation, event) for event in events_of(query)):
        return True
    below = relation.stored.entries if isinstance(relation.stored, tree.Query) else ()
    return any(_is_intercepted(judge, entry, query) for entry in below)


def _passed(judge: Judge, relation: Relation, expr: tree.Var, scope: Scope) -> Verdict | None:
    """The verdict on a column of the row as it was when it passed the view's conditions."""
    query = scope.query
    was = query.command == "update" and (expr.returning == "old" or scope.writing)
    if query.command != "delete" and not was:
        return None
    column = current_column(judge.catalog, expr.entry, expr.number)
    if column is None:
        return None
    return judge.outputs.of_view(relation, rechecked=True)[relation.columns.index(column)]


def _of_inner(judge: Judge, shown: tree.Expr, scope: Scope) -> Verdict:
    """A view over a view: what the inner one shows, nothing being known of what is assigned."""
    if not isinstance(shown, tree.Var) or shown.number <= 0:
        return _UNKNOWN
    plain = tree.Query(command="insert", target_entry=shown.entry)
    return view_column(judge, shown, replace(scope, query=plain, writing=False))


def _assigned(
    judge: Judge, relation: Relation, stored: tree.Query, shown: tree.Expr, scope: Scope
) -> Verdict | None:
    """The verdict on the value that the statement assigns to the table's column, or leaves in it;
    None where it is not known. A view may show a column of its table more than once."""
    query = scope.query
    base = shown.entry if isinstance(shown, tree.Var) and shown.number > 0 else None
    if query.command not in ("insert", "update") or base is None or query.on_conflict is not None:
        return None
    if not isinstance(shown, tree.Var) or may_change_row(judge.catalog, base, query):
        return None
    numbers = {
        column.number
        for column, target in zip(relation.columns, stored.output, strict=False)
        if isinstance(target.expr, tree.Var) and target.expr.number == shown.number
    }
    for at, item in enumerate(query.assignments):
        if item.column.number in numbers:
            rows = [row[at] for row in query.insert_rows if at < len(row)] or [item.value]
            return _all_of(judge, rows, item, scope)
    source = current_column(judge.catalog, base, shown.number)
    if query.command == "insert" or source is None or source.generated is not None:
        return None
    return judge.outputs.of_view(relation, rechecked=True)[
        next(at for at, each in enumerate(relation.columns) if each.number in numbers)
    ]


def _all_of(
    judge: Judge, values: list[tree.Expr], item: tree.TargetAssignment, scope: Scope
) -> Verdict | None:
    """The verdict on the values that the rows of an INSERT, or an UPDATE, assign."""
    if not item.whole or any(isinstance(each, tree.SetToDefault) for each in values):
        return None
    before = scope
    if scope.query.command == "update":
        before = judge.outputs.open(scope.query, scope.parent, scope.source)
    before = replace(before, writing=True)
    found = judge.verdicts(values, before)
    return next((each for each in found if each.nullable), found[0])

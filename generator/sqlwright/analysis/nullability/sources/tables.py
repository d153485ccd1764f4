"""Columns of tables: NOT NULL, CHECK and generation expressions (manual 5.4, 5.5)."""

from __future__ import annotations

from collections.abc import Collection

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.nullability.ground.keys import var_key
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.ground.verdicts import Verdict, as_found, maybe, never
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.premises.array_elements import tables_forbid_null_elements
from sqlwright.analysis.premises.current import current_column, tables_read
from sqlwright.analysis.premises.stored_rows import is_settled
from sqlwright.analysis.tree.traversal import columns_in
from sqlwright.catalog.model import Column, Constraint, Relation


def table_column(
    judge: Judge, entry: tree.RangeTableEntry, number: int, known: Collection[int] = ()
) -> Verdict:
    """Whether column `number` of an entry for a table can be NULL in a row that is stored, and in
    which the columns `known` are not.

    Of tables that inherit from it, all have to forbid NULL: NO INHERIT leaves them free, and to
    what a foreign table holds PostgreSQL applies no constraint (CREATE FOREIGN TABLE).
    """
    tables = list(tables_read(judge.catalog, entry))
    column = current_column(judge.catalog, entry, number)
    if not tables or column is None:
        return maybe("nothing is known of this column")
    sources = {entry.columns[at - 1].source for at in known if at > 0}
    given = {source.number for source in sources if source is not None}
    found = _stored(judge, tables[0], column, given)
    is_array = judge.catalog.base_element_type(column.type) != 0
    if is_array and found.elements and tables_forbid_null_elements(tables, column.name):
        found = found.with_elements(False)
    for child in tables[1:]:
        own = next((each for each in child.columns if each.name == column.name), None)
        if own is not None and not found.nullable and (not own.not_null or _is_foreign(child)):
            inherited = _stored(judge, child, own)
            if inherited.nullable:
                return inherited.with_elements(found.elements)
    return found


def plain_column(judge: Judge, entry: tree.RangeTableEntry, number: int) -> Verdict:
    """`table_column` where nothing is known of the row."""
    found = constrained_column(judge, entry, number)
    if found is not None:
        return found
    return judge.once(entry, number, lambda: table_column(judge, entry, number))


def constrained_column(judge: Judge, entry: tree.RangeTableEntry, number: int) -> Verdict | None:
    """`plain_column` where that follows from constraints alone; None for what a view shows, and for
    what is made of other columns, as to which the functions that are being judged make a
    difference."""
    source = entry.columns[number - 1].source if 0 < number <= len(entry.columns) else None
    if entry.relation is None or source is None:
        return None
    key = "column", entry.relation.oid, source.number, entry.only
    return judge.catalog.memo.once(key, _constrained, judge, entry, number)


def _constrained(judge: Judge, entry: tree.RangeTableEntry, number: int) -> Verdict | None:
    column = current_column(judge.catalog, entry, number)
    if column is None:
        return None
    for table in tables_read(judge.catalog, entry):
        if table.kind in ("view", "materialized view"):
            return None
        for each in table.columns:
            if each.name == column.name and each.generated is not None:
                return None
    return table_column(judge, entry, number)


def _stored(judge: Judge, table: Relation, column: Column, known: Collection[int] = ()) -> Verdict:
    name = f"{table.name}.{column.name}"
    if _is_foreign(table):
        text = f"PostgreSQL applies no constraint to the rows of foreign table {table.name}"
        return maybe(text, column.declared)
    if column.not_null:
        return never(proof_rules.NOT_NULL, f"column {name} is NOT NULL", column.declared)
    check = next((each for each in table.constraints if _forbids_null(each, column)), None)
    if check is not None:
        text = f'column {name} is kept from being NULL by the constraint "{check.name}"'
        return never(proof_rules.CHECKED_COLUMN, text, check.declared or column.declared)
    if column.generated is not None:
        return _generated(judge, table, column, known)
    return maybe(f"column {name} has no NOT NULL constraint", column.declared)


def _is_foreign(table: Relation) -> bool:
    return table.kind == "foreign table"


def _forbids_null(constraint: Constraint, column: Column) -> bool:
    return (
        constraint.kind == "check"
        and constraint.validated
        and column.name in constraint.not_null_columns
    )


def generated_from(judge: Judge, entry: tree.RangeTableEntry, column: Column) -> list[int]:
    """Which columns of an entry a generated column is made from."""
    expr = column.expression
    if not isinstance(expr, tree.Expr):
        return []
    used = [
        each.entry.columns[each.number - 1].source for each in columns_in(expr) if each.number > 0
    ]
    numbers = {source.number for source in used if source is not None}
    return [
        at
        for at, each in enumerate(entry.columns, 1)
        if each.source is not None and each.source.number in numbers
    ]


def _generated(judge: Judge, table: Relation, column: Column, known: Collection[int]) -> Verdict:
    """A generated column is as its expression over the table's other columns, of which those with
    the numbers `known` are not NULL."""
    name = f"{table.name}.{column.name}"
    plain = maybe(f"generated column {name} may come out NULL", column.declared)
    expr = column.expression
    if not isinstance(expr, tree.Expr):
        return plain
    if column.generated == "stored" and not is_settled(judge.catalog, expr):
        return maybe(f"{name} may hold what a function gave before it was replaced")
    # Of a column copied from another table (LIKE, INHERITS), the expression is over that table.
    entries = {id(part.entry): part.entry for part in columns_in(expr)}
    if any(each.relation is None or each.relation.oid != table.oid for each in entries.values()):
        return plain
    query = tree.Query(command="select", depth=0, entries=tuple(entries.values()))
    facts = frozenset(
        var_key(each, at)
        for each in entries.values()
        for at, shown in enumerate(each.columns, 1)
        if shown.source is not None and shown.source.number in known
    )
    # Without proofs by contradiction, which may rest on a CHECK of this very column.
    scope = Scope(query=query, parent=None, source=None, known=facts, plain=True)
    found = judge.verdict(expr, scope)
    return as_found(proof_rules.GENERATED, f"column {name} is generated", column.declared, found)

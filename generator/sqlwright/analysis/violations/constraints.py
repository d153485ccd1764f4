"""What a constraint looks at, and when a change can violate it (manual 5.5)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.premises.current import current_column, current_relation
from sqlwright.analysis.premises.stored_rows import is_settled
from sqlwright.analysis.tree.immutability import is_immutable
from sqlwright.analysis.tree.traversal import Part, walk
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Constraint, Relation

KEYS = ("primary key", "unique", "exclusion")
"""The kinds of which an index says whether two rows are in conflict."""


def declared(
    catalog: Catalog, table: Relation, constraint: Constraint
) -> tuple[Relation, Constraint]:
    """The constraint that one of a partition or a child derives from, and its table; itself if it
    was declared there."""
    for oid in table.parents if constraint.inherited else ():
        parent = catalog.get_relation(oid)
        above = None if parent is None else _above(parent, constraint)
        if parent is not None and above is not None:
            return declared(catalog, parent, above)
    return table, constraint


def _above(parent: Relation, constraint: Constraint) -> Constraint | None:
    for each in parent.constraints:
        if each.kind != constraint.kind or each.no_inherit:
            continue
        if each.kind == "not null":
            alike = each.columns == constraint.columns
        else:
            alike = each.oid == constraint.parent
            alike |= each.kind == "check" and each.name == constraint.name
        if alike:
            return each
    return None


def mentions(catalog: Catalog, constraint: Constraint, changed: frozenset[str]) -> bool:
    """Whether a change of these columns of a row that satisfies the constraint can violate it."""
    if constraint.kind in ("check", "not null") and not constraint.validated:
        return True  # which rows there are satisfy is not known
    condition = constraint.expression
    if isinstance(condition, tree.Expr) and not _stays_true(catalog, condition):
        return True
    return not changed.isdisjoint(looked_at(catalog, constraint)) or (
        bool(changed) and isinstance(condition, tree.Expr) and _reads_whole_row(condition)
    )


def _stays_true(catalog: Catalog, condition: tree.Expr) -> bool:
    """Whether a condition that was true of a row is true of it for ever."""
    return is_immutable(catalog, condition) and is_settled(catalog, condition)


def _reads_whole_row(part: Part) -> bool:
    return any(isinstance(each, tree.Var) and each.number == 0 for each in walk(part))


def looked_at(catalog: Catalog, constraint: Constraint) -> frozenset[str]:
    """The columns that a constraint looks at, of an index its expressions and predicate too."""
    found = set(constraint.columns)
    for part in (*constraint.keys, constraint.predicate):
        if isinstance(part, tree.Expr):
            found.update(columns_in(catalog, part))
    return frozenset(found)


def columns_in(catalog: Catalog, part: Part) -> Iterator[str]:
    """The columns that a stored expression of a table reads, under the names they have now."""
    for each in walk(part):
        if not isinstance(each, tree.Var):
            continue
        if each.number == 0:
            relation = current_relation(catalog, each.entry)
            yield from (column.name for column in relation.columns) if relation is not None else ()
        column = current_column(catalog, each.entry, each.number)
        if column is not None:
            yield column.name


def with_generated(catalog: Catalog, table: Relation, changed: frozenset[str]) -> frozenset[str]:
    """The columns that change with these: those generated from them."""
    found = set(changed)
    for column in table.columns:
        if column.generated is not None and isinstance(column.expression, tree.Expr):
            read = set(columns_in(catalog, column.expression))
            if not read.isdisjoint(changed) or not is_immutable(catalog, column.expression):
                found.add(column.name)
    return frozenset(found)

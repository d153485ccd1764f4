"""The CHECK constraints that rows of a table satisfy, and where their columns are among those of an
entry for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.keys import Key, var_key
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.premises.current import tables_read
from sqlwright.analysis.premises.stored_rows import is_settled
from sqlwright.analysis.tree.traversal import columns_in, walk
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Constraint, Relation
from sqlwright.dataclass import dataclass, replace

_Place = Callable[[tree.Var], tree.Var | None]


@dataclass(frozen=True, slots=True, eq=False)
class _Stored:
    """A constraint of a table. `columns` are all that are written in it, `tested` those of which it
    says IS NULL or IS NOT NULL."""

    constraint: Constraint
    expr: tree.Expr
    columns: tuple[tree.Var, ...]
    tested: tuple[tree.Var, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """A constraint over a row; `columns` are the keys of those that it is about."""

    constraint: Constraint
    expr: tree.Expr
    places: Mapping[int, _Place]
    columns: frozenset[Key]
    stored: _Stored

    def tested(self) -> Iterator[tuple[Key, tree.Var]]:
        """The columns of which it says IS NULL or IS NOT NULL."""
        for column in self.stored.tested:
            placed = self.places[id(column.entry)](column)
            if placed is not None:
                yield var_key(placed.entry, placed.number), placed


def checks_on(judge: Judge, entry: tree.RangeTableEntry) -> tuple[Check, ...]:
    """The constraints that hold for every row of an entry."""
    relation = entry.relation
    if relation is None:
        return ()
    return judge.once(entry, "checks", lambda: tuple(_checks(judge.catalog, entry, relation)))


def _checks(catalog: Catalog, entry: tree.RangeTableEntry, relation: Relation) -> Iterator[Check]:
    stored = _stored_on(catalog, entry, relation)
    if not stored:
        return
    numbers = {
        column.source.number: at
        for at, column in enumerate(entry.columns, 1)
        if column.source is not None
    }
    place = _place_in(entry, numbers)
    for each in stored:
        found = [_number_in(numbers, column) for column in each.columns]
        columns = frozenset(var_key(entry, at) for at in found if at is not None)
        places = {id(column.entry): place for column in each.columns}
        yield Check(each.constraint, each.expr, places, columns, each)


def _stored_on(
    catalog: Catalog, entry: tree.RangeTableEntry, relation: Relation
) -> tuple[_Stored, ...]:
    return catalog.memo.once(
        ("checks on rows", relation.oid, entry.only),
        lambda: tuple(_in_schema(catalog, entry)),
    )


def _in_schema(catalog: Catalog, entry: tree.RangeTableEntry) -> Iterator[_Stored]:
    """The conditions that hold for every row of a table and of those that inherit from it."""
    tables = list(tables_read(catalog, entry))
    if not tables or tables[0].kind not in ("table", "partitioned table"):
        return
    if any(each.kind == "foreign table" for each in tables):
        return  # to whose rows no constraint is applied
    for constraint in tables[0].constraints:
        expr = constraint.expression
        if constraint.kind != "check" or not constraint.validated:
            continue
        if not isinstance(expr, tree.Expr) or (constraint.no_inherit and len(tables) > 1):
            continue
        if not is_settled(catalog, expr):
            continue
        # Of a constraint copied from another table, the expression is over that table.
        columns = tuple(columns_in(expr))
        own = (each.entry.relation for each in columns)
        if all(each is not None and each.oid == tables[0].oid for each in own):
            yield _Stored(constraint, expr, columns, tuple(_tested(expr)))


def _tested(expr: tree.Expr) -> Iterator[tree.Var]:
    for part in walk(expr):
        if isinstance(part, tree.NullTest) and isinstance(part.operand, tree.Var):
            yield part.operand


def _number_in(numbers: Mapping[int, int], var: tree.Var) -> int | None:
    """Which column of an entry, that has the table's columns in these places, a column of a stored
    expression is."""
    source = var.entry.columns[var.number - 1].source if var.number > 0 else None
    return numbers.get(source.number) if source is not None else None


def _place_in(entry: tree.RangeTableEntry, numbers: Mapping[int, int]) -> _Place:
    """Tells the column of the entry that a column of a stored expression is."""
    # By identity, which the schema's own expressions keep.
    known: dict[int, tree.Var | None] = {}

    def placed(var: tree.Var) -> tree.Var | None:
        if id(var) not in known:
            at = _number_in(numbers, var)
            known[id(var)] = None if at is None else replace(var, entry=entry, number=at)
        return known[id(var)]

    return placed

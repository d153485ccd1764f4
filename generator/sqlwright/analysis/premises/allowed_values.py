"""Columns whose values are some few constants, as a CHECK says of them (manual 5.5.1, 8.18).

A CHECK lets a row pass for which it is true or NULL, so that what counts is for which values it can
come out as either. PostgreSQL's own `=` over texts and whole numbers finds a value equal to a
constant only if it is that constant, as long as no collation says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.premises.column_equalities import conjuncts
from sqlwright.analysis.premises.constants import integer_of
from sqlwright.analysis.premises.shown_columns import column_origin
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_operator
from sqlwright.catalog.inheritance import descendants_of
from sqlwright.catalog.model import Column, Constraint, Relation

Values = tuple[str | int, ...]
"""Constants in the order in which they are written, each once."""

TEXTS = frozenset({oids.TEXT, oids.VARCHAR})
NUMBERS = frozenset({oids.INT2, oids.INT4, oids.INT8})

_Subject = Callable[[tree.Expr], bool]


def allowed_values(catalog: Catalog, relation: Relation, column: Column) -> Values | None:
    """All values but NULL that a column can have; None if nothing says so of it. Values of a view's
    column are those of the column that it shows."""
    if relation.kind == "view" and isinstance(relation.stored, tree.Query):
        return _of_view(catalog, relation.stored, relation.columns.index(column))
    base = catalog.base_type(column.type)
    if base not in TEXTS | NUMBERS or (base in TEXTS and catalog.nondeterministic):
        return None
    found = list(_of_domains(catalog, column.type))
    if relation.kind in ("table", "partitioned table"):
        found += _of_table(catalog, relation, column)
    kind = str if base in TEXTS else int
    return _in_common(
        [values for values in found if all(isinstance(each, kind) for each in values)]
    )


def storable_values(catalog: Catalog, relation: Relation, column: Column) -> Values | None:
    """The same of a table whose rows nothing changes on their way in, so that storing any other
    value is an error."""
    if relation.kind not in ("table", "partitioned table"):
        return None
    for table in (relation, *descendants_of(catalog, relation.oid)):
        if any(each.row_level and each.timing != "after" for each in table.triggers):
            return None
        if table.rules:
            return None
    return allowed_values(catalog, relation, column)


def _of_view(catalog: Catalog, query: tree.Query, at: int) -> Values | None:
    if query.set_operation is not None or query.values or at >= len(query.output):
        return None
    origin = column_origin(query.output[at].expr)
    relation = catalog.get_relation(origin.relation) if origin is not None else None
    if origin is None or relation is None:
        return None
    column = next((each for each in relation.columns if each.name == origin.column), None)
    return allowed_values(catalog, relation, column) if column is not None else None


def _of_domains(catalog: Catalog, oid: int) -> Iterator[Values]:
    """What each domain that a type is over allows."""
    while (found := catalog.get_type(oid)) is not None and found.kind == "domain":
        yield from _proved(found.constraints, _is_value)
        oid = found.base


def _is_value(expr: tree.Expr) -> bool:
    """VALUE in the CHECK of a domain."""
    return isinstance(expr, tree.Param) and expr.number == 0


def _of_table(catalog: Catalog, relation: Relation, column: Column) -> Iterator[Values]:
    def is_column(expr: tree.Expr) -> bool:
        if not isinstance(expr, tree.Var) or expr.number <= 0 or expr.entry.relation is None:
            return False
        source = expr.entry.columns[expr.number - 1].source
        own = expr.entry.relation.oid == relation.oid
        return own and source is not None and source.number == column.number

    heirs = list(descendants_of(catalog, relation.oid))
    if any(each.kind == "foreign table" for each in heirs):
        return  # to whose rows no constraint is applied
    for each in relation.constraints:
        if not (each.no_inherit and heirs):
            # One that is inherited or copied is written over the columns of another table.
            alone = each.columns == (column.name,)
            yield from _proved([each], _is_any_column if alone else is_column)


def _is_any_column(expr: tree.Expr) -> bool:
    return isinstance(expr, tree.Var) and expr.number > 0


def _proved(constraints: Iterable[Constraint], subject: _Subject) -> Iterator[Values]:
    for constraint in constraints:
        if constraint.kind != "check" or not constraint.validated:
            continue
        if isinstance(constraint.expression, tree.Expr):
            for part in conjuncts(constraint.expression):
                if (values := _values(part, subject)) is not None:
                    yield values


def _values(expr: tree.Expr, subject: _Subject) -> Values | None:
    """The values of the subject, NULL apart, for which a condition can be true or NULL; None if
    they are not known one by one."""
    match expr:
        case tree.BoolExpr(op="or", args=args):
            return _together([_values(each, subject) for each in args])
        case tree.BoolExpr(op="and", args=args):
            return _in_common(_known(_values(each, subject) for each in args))
        case tree.NullTest(negated=False, operand=operand) if subject(_bare(operand)):
            return ()
        case tree.OpCall(kind="plain", args=(left, right)) if _is_equality(expr):
            for one, other in ((left, right), (right, left)):
                if subject(_bare(one)):
                    return _constants([other])
        case tree.ArrayOp(use_or=True, left=left, array=array) if _is_equality(expr):
            if isinstance(array, tree.Cast) and array.method == "array" and array.modifier == -1:
                array = array.operand  # of the other kind of text, or the other size of numbers
            if subject(_bare(left)) and isinstance(array, tree.ArrayExpr):
                return _constants(array.items)
    return None


def _is_equality(expr: tree.OpCall | tree.ArrayOp) -> bool:
    return is_operator(expr.operator, "=")


def _bare(expr: tree.Expr) -> tree.Expr:
    """A value without casts that leave it what it is: from a domain, from varchar to text. Others
    may take many values to one, as one to `varchar(3)` does."""
    while isinstance(expr, tree.Collate) or (
        isinstance(expr, tree.Cast) and expr.method == "binary"
    ):
        expr = expr.operand
    return expr


def _constants(exprs: Sequence[tree.Expr]) -> Values | None:
    """The constants that these are; None if one is something else, or NULL, with which a comparison
    is NULL whatever the value."""
    found: list[str | int] = []
    for expr in exprs:
        inner = _bare(expr)
        if isinstance(inner, tree.Cast) and {inner.type, inner.operand.type} <= NUMBERS:
            inner = inner.operand  # which is the same number, or an error
        if not isinstance(inner, tree.Const) or inner.value is None:
            return None
        if (number := integer_of(inner)) is not None:
            found.append(number)
        elif inner.type in TEXTS:
            found.append(inner.value)
        else:
            return None
    return tuple(dict.fromkeys(found))


def _known(found: Iterable[Values | None]) -> list[Values]:
    return [values for values in found if values is not None]


def _together(found: Sequence[Values | None]) -> Values | None:
    known = _known(found)
    if len(known) < len(found):
        return None
    return tuple(dict.fromkeys(value for values in known for value in values))


def _in_common(found: Sequence[Values]) -> Values | None:
    if not found:
        return None
    return tuple(value for value in found[0] if all(value in values for values in found))

"""What a parameter is used for: the name that suggests, and the column it goes to or is compared
with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal

from sqlwright.analysis import tree
from sqlwright.analysis.tree.traversal import Part
from sqlwright.catalog.identity import is_function
from sqlwright.catalog.model import Column
from sqlwright.dataclass import dataclass, replace


@dataclass(frozen=True, slots=True)
class ParameterUse:
    """One use of `$number`. `column` is (relation OID, column name) of the column it is compared
    with, or goes to, straight if `assigned`. `clause` is the one that it is the value of, where
    that gives it its type.
    """

    number: int
    start: int
    name: str | None = None
    column: tuple[int, str] | None = None
    assigned: bool = False
    clause: Literal["LIMIT", "OFFSET"] | None = None


def parameter_uses(parts: Iterable[Part]) -> dict[int, list[ParameterUse]]:
    """Every use of every parameter among the parts of a query by number, in the order of the
    text."""
    suggested: dict[tuple[int, int], ParameterUse] = {}
    places: set[tuple[int, int]] = set()
    for part in parts:
        kind = type(part)
        if kind is tree.Param:
            places.add((part.number, part.start))  # type: ignore[union-attr]
        elif kind in _SUGGESTIVE:
            for use in _SUGGESTIVE[kind](part):
                known = suggested.get((use.number, use.start))
                if known is None or _weight(use) > _weight(known):
                    suggested[use.number, use.start] = use
    found: dict[int, list[ParameterUse]] = {}
    for number, start in sorted(places, key=lambda place: place[1]):
        use = suggested.get((number, start)) or ParameterUse(number, start)
        found.setdefault(number, []).append(use)
    return found


def _weight(use: ParameterUse) -> tuple[bool, bool]:
    """What a use says against others of the same place: a column tells more than a function, whose
    name a column of a select list may have as well."""
    return use.assigned, use.column is not None


_BARE = (tree.Var, tree.Param, tree.Const)


def strip_casts(expr: tree.Expr) -> tree.Expr:
    """An expression without any conversion around it."""
    while True:
        if type(expr) in _BARE:
            return expr
        if isinstance(expr, (tree.Cast, tree.Collate)):
            expr = expr.operand
        elif isinstance(expr, tree.FuncCall) and expr.syntax in ("cast", "implicit") and expr.args:
            expr = expr.args[0]
        else:
            return expr


Uses = Sequence[ParameterUse]


def _use(
    expr: tree.Expr,
    name: str | None,
    column: tuple[int, str] | None = None,
    assigned: bool = False,
) -> Uses:
    inner = strip_casts(expr)
    if isinstance(inner, tree.Param) and name:
        return (ParameterUse(inner.number, inner.start, name, column, assigned),)
    return ()


def _passed_on(expr: tree.Expr, name: str, column: tuple[int, str] | None = None) -> Uses:
    """Uses whose value may become that of the whole expression, and so go by its name."""
    inner = strip_casts(expr)
    parts: Sequence[tree.Expr] = ()
    if isinstance(inner, tree.Param):
        return _use(inner, name, column)
    if isinstance(inner, tree.Coalesce | tree.MinMax):
        parts = inner.args
    elif isinstance(inner, tree.OpCall) and inner.kind == "nullif":
        parts = inner.args[:1]
    elif isinstance(inner, tree.Case):
        parts = [branch.result for branch in inner.branches]
        parts = [*parts, inner.default] if inner.default is not None else parts
    return [use for part in parts for use in _passed_on(part, name, column)]


def _as_elements(expr: tree.Expr, name: str | None) -> Uses:
    """Uses of an array of which `unnest` makes the values that go by a name."""
    call = expr.call if isinstance(expr, tree.SetReturning) else expr
    if not isinstance(call, tree.FuncCall) or not is_function(call.function, "unnest"):
        return ()
    if name == call.function.name or len(call.args) != 1:
        return ()  # a column without a name of its own has the function's
    return _use(call.args[0], _plural(name))


def _of_entry(part: tree.RangeTableEntry) -> Iterator[ParameterUse]:
    """Of `unnest(...) AS u (id, name)`, whose columns have names of their own."""
    for at, column in enumerate(part.columns):
        yield from _as_column(part, at + 1, column.name)


def _as_column(entry: tree.RangeTableEntry, number: int, name: str) -> Uses:
    """Uses of an array of which `unnest` in FROM makes a column that goes by a name."""
    for function in entry.functions:
        if number <= function.columns:
            return _as_elements(function.call, name) if function.columns == 1 else ()
        number -= function.columns
    return ()


def _of_target(part: tree.TargetEntry) -> Uses:
    # Most are columns, which pass nothing on.
    if type(part.expr) is tree.Var or not part.name[:1].isidentifier():
        return ()
    shown = strip_casts(part.expr)
    return _as_elements(shown, part.name) or _passed_on(shown, part.name)


def _of_sublink(part: tree.SubLink) -> Iterator[ParameterUse]:
    """Of `column IN (SELECT unnest($1))`, which asks the same as `column = ANY ($1)`."""
    for test in part.tests:
        if isinstance(test, tree.OpCall) and isinstance(test.args[-1], tree.SubLinkColumn):
            shown = part.query.output[test.args[-1].number - 1].expr
            yield from _as_elements(strip_casts(shown), _named(test.args[0])[0])


def _of_alternatives(part: tree.Coalesce | tree.MinMax) -> Uses:
    named = [name for name, _ in map(_named, part.args) if name]
    return [use for arg in part.args for use in _use(arg, named[0] if named else None)]


def _of_operation(part: tree.OpCall) -> Uses:
    return _of_operands(part.args)


def _of_rows(part: tree.RowCompare) -> Uses:
    pairs = zip(part.left, part.right, strict=True)
    return [use for pair in pairs for use in _of_operands(pair)]


def _of_query(query: tree.Query) -> Iterator[ParameterUse]:
    if query.limit is not None:
        yield from (replace(use, clause="LIMIT") for use in _use(query.limit, "limit"))
    if query.offset is not None:
        yield from (replace(use, clause="OFFSET") for use in _use(query.offset, "offset"))
    entry = query.target_entry
    relation = entry.relation.oid if entry is not None and entry.relation is not None else 0
    yield from _of_assignments(relation, query.assignments, query.insert_rows, query.source)
    if query.on_conflict is not None:
        yield from _of_assignments(relation, query.on_conflict.assignments)
    for branch in query.merge_branches:
        yield from _of_assignments(relation, branch.assignments)


def _of_assignments(
    relation: int,
    assignments: Sequence[tree.TargetAssignment],
    rows: Sequence[Sequence[tree.Expr]] = (),
    source: tree.Query | None = None,
) -> Iterator[ParameterUse]:
    for row in rows or [[assignment.value for assignment in assignments]]:
        for assignment, value in zip(assignments, row, strict=False):
            yield from _of_assignment(relation, assignment.column, value, source)


def _of_assignment(
    relation: int, column: Column, value: tree.Expr, source: tree.Query | None
) -> Iterator[ParameterUse]:
    inner = strip_casts(value)
    if isinstance(inner, tree.Store):
        inner = strip_casts(inner.value)
        yield from _use(inner, column.name, (relation, column.name))
    elif isinstance(inner, tree.Var) and source is not None and inner.entry.subquery is source:
        for query in _written_out(source):
            shown = strip_casts(query.output[inner.number - 1].expr)
            yield from _of_source(relation, column, shown)
    elif isinstance(inner, tree.RecordPlaceholder):
        shown = strip_casts(inner.sublink.query.output[inner.number - 1].expr)
        yield from _use(shown, column.name, (relation, column.name), True)
    elif isinstance(inner, tree.Param):
        yield from _use(inner, column.name, (relation, column.name), True)
    else:
        yield from _passed_on(inner, column.name, (relation, column.name))


def _of_source(relation: int, column: Column, shown: tree.Expr) -> Iterator[ParameterUse]:
    """Uses in a column of the query that is inserted."""
    place = relation, column.name
    if isinstance(shown, tree.Param):
        yield from _use(shown, column.name, place, True)
    elif isinstance(shown, tree.Var):
        yield from _as_column(shown.entry, shown.number, column.name)
    else:
        yield from _as_elements(shown, column.name) or _passed_on(shown, column.name, place)


def _written_out(source: tree.Query | tree.SetOperation) -> Iterator[tree.Query]:
    """The queries with a select list of their own that UNION and the like put together."""
    if isinstance(source, tree.SetOperation):
        yield from _written_out(source.left)
        yield from _written_out(source.right)
    elif source.set_operation is not None:
        yield from _written_out(source.set_operation)
    elif source.output and not source.values:
        yield source


def _of_operands(operands: Sequence[tree.Expr]) -> Uses:
    if len(operands) != 2:
        return ()
    left, right = operands
    found: list[ParameterUse] = []
    for expr, other in ((left, right), (right, left)):
        inner = strip_casts(expr)
        if isinstance(inner, tree.Param):
            found += _use(inner, *_named(other))
    return found


def _named(expr: tree.Expr) -> tuple[str | None, tuple[int, str] | None]:
    """What the other side of a comparison is called, and the relation column it is."""
    inner = strip_casts(expr)
    if isinstance(inner, tree.Var) and inner.number > 0:
        source = inner.entry.columns[inner.number - 1].source
        if source is not None and inner.entry.relation is not None:
            return source.name, (inner.entry.relation.oid, source.name)
        return inner.name, None
    if isinstance(inner, tree.Subscript):
        return _named(inner.container)[0], None
    if isinstance(inner, tree.FieldSelect):
        return inner.name, None
    if isinstance(inner, tree.FuncCall) and inner.syntax == "call":
        for arg in inner.args:
            name, _ = _named(arg)
            if name:
                return name, None
    return None, None


def _of_array(part: tree.ArrayOp) -> Iterator[ParameterUse]:
    name, column = _named(part.left)
    array = strip_casts(part.array)
    if isinstance(array, tree.ArrayExpr):
        for item in array.items:
            yield from _use(item, name, column)
    else:
        yield from _use(array, _plural(name), column)
    name, _ = _named(part.array)
    yield from _use(part.left, name)


def _plural(name: str | None) -> str | None:
    if name is None or name.endswith("s"):
        return name
    return name + "s"


def _of_call(part: tree.FuncCall) -> Iterator[ParameterUse]:
    if part.syntax != "call":
        return
    function = part.function
    inputs = [
        name
        for at, name in enumerate(function.names)
        if not function.modes or function.modes[at] in ("in", "inout", "variadic")
    ]
    for at, arg in enumerate(part.args):
        at = part.positions[at] if at < len(part.positions) else at
        yield from _use(arg, (inputs[at] if at < len(inputs) else "") or function.name)


_SUGGESTIVE: dict[type, Callable[[Any], Iterable[ParameterUse]]] = {
    tree.Query: _of_query,
    tree.OpCall: _of_operation,
    tree.RowCompare: _of_rows,
    tree.ArrayOp: _of_array,
    tree.FuncCall: _of_call,
    tree.TargetEntry: _of_target,
    tree.RangeTableEntry: _of_entry,
    tree.Coalesce: _of_alternatives,
    tree.MinMax: _of_alternatives,
    tree.SubLink: _of_sublink,
}

TELLING: frozenset[type] = frozenset((*_SUGGESTIVE, tree.Param))
"""The kinds of parts that say something of parameters. Most parts of a query are others."""

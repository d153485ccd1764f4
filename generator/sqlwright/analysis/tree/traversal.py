"""Walking the analysed tree: the parts of a node, and searches over all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlwright.analysis import tree
from sqlwright.dataclass import fields
from sqlwright.patterns import pattern

Part = (
    tree.Expr
    | tree.Query
    | tree.CaseBranch
    | tree.JsonBehavior
    | tree.FunctionInFrom
    | tree.TableColumn
    | tree.CommonTable
    | tree.FromLeaf
    | tree.FromJoin
    | tree.TargetEntry
    | tree.Window
    | tree.FrameBound
    | tree.SetOperation
    | tree.TargetAssignment
    | tree.OnConflict
    | tree.MergeBranch
    | tree.RangeTableEntry
)

# What leads to a part that belongs elsewhere in the tree, and is reached from there.
_REFERENCES = {
    (tree.Var, "entry"),
    (tree.WindowCall, "window"),
    (tree.CaseTest, "operand"),
    (tree.RangeTableEntry, "cte"),
    (tree.FromLeaf, "entry"),
    (tree.FromJoin, "entry"),
    (tree.OnConflict, "excluded"),
    (tree.Query, "target_entry"),
}


# Types of fields that hold no part of the tree, as they are written in `tree`.
_SCALAR = pattern(
    r"(int|str|bool|Literal\[.*\]|tuple\[(int|str|Operator|EntryColumn), \.\.\.\]|"
    r"Column|Function|Operator|Relation)"
    r"( \| None)?"
)

_Read = Callable[[Part], tuple[object, ...]]

# What reads the fields that lead on from a node of a type, the last first, None where none does:
# worked out once a type, for nothing is done to a tree as often as this.
_followed: dict[type, _Read | None] = {}


class _FieldsWithParts(dict[type, tuple[str, ...]]):
    """The fields of a type of node in which parts of the tree may stand."""

    def __missing__(self, kind: type) -> tuple[str, ...]:
        names = (each.name for each in fields(kind) if not _SCALAR.fullmatch(str(each.type)))
        known = self[kind] = tuple(names)
        return known


fields_with_parts = _FieldsWithParts()


def _reader(kind: type[Part]) -> _Read | None:
    names = [name for name in fields_with_parts[kind] if (kind, name) not in _REFERENCES]
    read: _Read | None = None
    if kind in _IN_ANOTHER_ORDER:
        read = _IN_ANOTHER_ORDER[kind]
    elif names:
        # A second name makes the getter give a tuple.
        read = attrgetter("__class__", *reversed(names))
    _followed[kind] = read
    return read


def _parts_of_subscript(node: tree.Subscript) -> tuple[object, ...]:
    """Upper bounds, lower bounds, container: the order in which PostgreSQL looks at them."""
    upper = [bounds[1] for bounds in node.subscripts]
    lower = [bounds[0] for bounds in node.subscripts]
    return (*upper, *lower, node.container)[::-1]


_IN_ANOTHER_ORDER: dict[type, Callable[[Any], tuple[object, ...]]] = {
    tree.Subscript: _parts_of_subscript,
    tree.SubLink: lambda node: (node.query, *node.tests[::-1]),
}


def _add_parts(values: tuple[object, ...], found: list[Part]) -> None:
    """Add the parts that fields hold, both the last first: so they wait to be taken from the end.
    Of what is not None, all are parts but the class; in a tuple all are parts or all are tuples."""
    for value in values:
        if value:
            kind = type(value)
            if kind is not tuple:
                if kind is not type:
                    found.append(value)  # type: ignore[arg-type]
            elif type(value[0]) is tuple:  # type: ignore[index]
                _add_parts(value[::-1], found)  # type: ignore[index]
            else:
                found += value[::-1]  # type: ignore[index]


def children(node: Part) -> list[Part]:
    """The parts directly below a node, in order. A variable's entry is not below it, a subquery's
    query is below its sublink.
    """
    found: list[Part] = []
    kind = type(node)
    read = _followed[kind] if kind in _followed else _reader(kind)
    if read is not None:
        _add_parts(read(node), found)
        found.reverse()
    return found


def walk(node: Part, enter: Callable[[Part], bool] | None = None) -> Iterator[Part]:
    """A node and everything below it, in order; nothing below one that `enter` declines."""
    waiting = [node]
    known = _followed
    while waiting:
        part = waiting.pop()
        yield part
        kind = type(part)
        # Every other part is a leaf.
        read = known[kind] if kind in known else _reader(kind)
        if read is not None and (enter is None or enter(part)):
            _add_parts(read(part), waiting)


def columns_in(node: Part) -> list[tree.Var]:
    """All columns among what `walk` comes to, in order."""
    found: list[tree.Var] = []
    waiting = [node]
    known = _followed
    while waiting:
        part = waiting.pop()
        kind = type(part)
        if kind is tree.Var:
            found.append(part)  # type: ignore[arg-type]
            continue
        read = known[kind] if kind in known else _reader(kind)
        if read is not None:
            _add_parts(read(part), waiting)
    return found


def parts_but_columns(query: tree.Query) -> list[Part]:
    """All that `walk` comes to, without the columns, which are most of it."""
    found: list[Part] = []
    waiting: list[Part] = [query]
    known = _followed
    while waiting:
        part = waiting.pop()
        kind = type(part)
        if kind is tree.Var:
            continue
        found.append(part)
        read = known[kind] if kind in known else _reader(kind)
        if read is not None:
            _add_parts(read(part), waiting)
    return found


def not_into_queries(node: Part) -> bool:
    """For `walk`: stay at one query level."""
    return not isinstance(node, tree.Query)


def contains_vars_of_depth(expr: tree.Expr, depth: int) -> bool:
    """Whether an expression, subqueries included, refers to columns of that query level."""
    return any(isinstance(part, tree.Var) and part.entry.depth == depth for part in walk(expr))


def returns_set(expr: tree.Expr) -> bool:
    """Whether evaluating an expression can give a set of rows (PostgreSQL's
    expression_returns_set): a set-returning call outside aggregates, windows and subqueries.
    """
    return _gives_set(expr)


@lru_cache(maxsize=1000)
def _gives_set(part: Part) -> bool:
    """Asked of an expression after it was asked of those it is made of, whose answers are kept: a
    long chain of operators takes a step for each."""
    if isinstance(part, tree.SetReturning) or (
        isinstance(part, tree.FuncCall) and part.function.returns_set
    ):
        return True
    if isinstance(part, tree.Query | tree.Aggregate | tree.WindowCall | tree.Grouping):
        return False
    return any(_gives_set(child) for child in children(part))

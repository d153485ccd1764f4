"""Walking the analysed tree: the parts of a node, and searches over all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import TypeGuard

from sqlwright.analysis import tree
from sqlwright.dataclass import fields

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

_PARTS = Part.__args__

# Whether values of a type are parts: asked of every field of every node, so answered once a type.
_part_types: dict[type, bool] = {}

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
_SCALAR = re.compile(
    r"(int|str|bool|Literal\[.*\]|tuple\[(int|str|Operator|EntryColumn), \.\.\.\]|"
    r"Column|Function|Operator|Relation)"
    r"( \| None)?"
)

_Read = Callable[[Part], tuple[object, ...]]

# What reads the fields that lead on from a node of a type, None where none does: worked out once a
# type, for nothing is done to a tree as often as this.
_followed: dict[type, _Read | None] = {}


def _reader(kind: type[Part]) -> _Read | None:
    names = [
        each.name
        for each in fields(kind)
        if (kind, each.name) not in _REFERENCES and not _SCALAR.fullmatch(str(each.type))
    ]
    # A second name makes the getter give a tuple.
    read = attrgetter(*names, "__class__") if names else None
    _followed[kind] = read
    return read


def _add_parts(values: tuple[object, ...], found: list[Part]) -> None:
    for value in values:
        if type(value) is tuple:
            _add_parts(value, found)
        elif value is not None and _is_part(value):
            found.append(value)


def _is_part(value: object) -> TypeGuard[Part]:
    kind = type(value)
    known = _part_types.get(kind)
    if known is None:
        known = _part_types[kind] = issubclass(kind, _PARTS)
    return known


def children(node: Part) -> list[Part]:
    """The parts directly below a node, in order. A variable's entry is not below it, a subquery's
    query is below its sublink.
    """
    found: list[Part] = []
    kind = type(node)
    if isinstance(node, tree.Subscript):
        # Upper bounds, lower bounds, container: the order in which PostgreSQL looks at them.
        for side in (1, 0):
            _add_parts(tuple(bounds[side] for bounds in node.subscripts), found)
        found.append(node.container)
    elif isinstance(node, tree.SubLink):
        found += (*node.tests, node.query)
    else:
        read = _followed[kind] if kind in _followed else _reader(kind)
        if read is not None:
            _add_parts(read(node), found)
    return found


def walk(node: Part, enter: Callable[[Part], bool] | None = None) -> Iterator[Part]:
    """A node and everything below it, in order; nothing below one that `enter` declines."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        yield part
        if enter is None or enter(part):
            waiting += children(part)[::-1]


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

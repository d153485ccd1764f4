"""Walking the analysed tree: the parts of a node, and searches over all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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

_followed: dict[type, tuple[str, ...]] = {}


def _fields_followed(kind: type[Part]) -> tuple[str, ...]:
    known = _followed.get(kind)
    if known is None:
        known = tuple(
            each.name
            for each in fields(kind)
            if (kind, each.name) not in _REFERENCES and not _SCALAR.fullmatch(str(each.type))
        )
        _followed[kind] = known
    return known


def _add_parts(value: object, found: list[Part]) -> None:
    if isinstance(value, tuple):
        for each in value:
            _add_parts(each, found)
    elif _is_part(value):
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
    if isinstance(node, tree.Subscript):
        # Upper bounds, lower bounds, container: the order in which PostgreSQL looks at them.
        for side in (1, 0):
            _add_parts(tuple(bounds[side] for bounds in node.subscripts), found)
        found.append(node.container)
    elif isinstance(node, tree.SubLink):
        found += (*node.tests, node.query)
    else:
        for name in _fields_followed(type(node)):
            _add_parts(getattr(node, name), found)
    return found


def walk(node: Part, enter: Callable[[Part], bool] | None = None) -> Iterator[Part]:
    """A node and everything below it, in order; nothing below one that `enter` declines."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        yield part
        if enter is None or enter(part):
            waiting.extend(reversed(children(part)))


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
    return any(
        isinstance(part, tree.SetReturning)
        or (isinstance(part, tree.FuncCall) and part.function.returns_set)
        for part in walk(
            expr,
            lambda part: (
                not isinstance(part, tree.Query | tree.Aggregate | tree.WindowCall | tree.Grouping)
            ),
        )
    )

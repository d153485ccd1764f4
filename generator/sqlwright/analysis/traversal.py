"""Walking the analysed tree: the parts of a node, and searches over all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields

from sqlwright.analysis import tree

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

# What leads to a part that belongs elsewhere in the tree, and is reached from there.
_REFERENCES = {
    (tree.Var, "entry"),
    (tree.WindowCall, "window"),
    (tree.CaseTest, "operand"),
    (tree.RecordPlaceholder, "sublink"),
    (tree.RangeTableEntry, "cte"),
    (tree.FromLeaf, "entry"),
    (tree.FromJoin, "entry"),
    (tree.OnConflict, "excluded"),
    (tree.Query, "target_entry"),
}


_followed: dict[type, tuple[str, ...]] = {}


def _fields_followed(kind: type[Part]) -> tuple[str, ...]:
    known = _followed.get(kind)
    if known is None:
        names = (each.name for each in fields(kind))
        known = tuple(name for name in names if (kind, name) not in _REFERENCES)
        _followed[kind] = known
    return known


def _parts_of(value: object) -> Iterator[Part]:
    if isinstance(value, _PARTS):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _parts_of(each)


def children(node: Part) -> Iterator[Part]:
    """The parts directly below a node. A variable's entry is not below it, a subquery's query is
    below its sublink.
    """
    if isinstance(node, tree.Subscript):
        # Upper bounds, lower bounds, container: the order in which PostgreSQL looks at them.
        for side in (1, 0):
            yield from _parts_of(tuple(bounds[side] for bounds in node.subscripts))
        yield node.container
        return
    if isinstance(node, tree.SubLink):
        yield from node.tests
        yield node.query
        return
    for name in _fields_followed(type(node)):
        yield from _parts_of(getattr(node, name))


def walk(node: Part, enter: Callable[[Part], bool] | None = None) -> Iterator[Part]:
    """A node and everything below it, in order; nothing below one that `enter` declines."""
    yield node
    if enter is None or enter(node):
        for child in children(node):
            yield from walk(child, enter)


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

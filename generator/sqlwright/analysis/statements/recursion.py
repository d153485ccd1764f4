"""Which WITH queries refer to themselves or to each other, and whether they do it properly.

Works on the syntax tree, before anything is analysed: the order in which the queries of a WITH
RECURSIVE clause can be analysed depends on it (manual 7.8.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from sqlwright.dataclass import dataclass, field, fields, is_dataclass
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState


def order_ctes(
    state: ParseState, ctes: tuple[nodes.CommonTableExpr, ...]
) -> tuple[list[nodes.CommonTableExpr], set[str]]:
    """The queries of WITH RECURSIVE so that each follows those it needs, and the names of those
    that refer to themselves. Raises 0A000 for mutual recursion, 42P19 for misplaced references.
    """
    names = {cte.name for cte in ctes}
    needs = {cte.name: _references(cte.query, names) for cte in ctes}
    recursive = {name for name, needed in needs.items() if name in needed}
    waiting = list(ctes)
    ordered: list[nodes.CommonTableExpr] = []
    done: set[str] = set()
    while waiting:
        ready = next((cte for cte in waiting if needs[cte.name] <= done | {cte.name}), None)
        if ready is None:
            state.error(
                "invalid-recursion",
                "mutual recursion between WITH items is not implemented",
                waiting[0],
                sqlstate="0A000",
            )
        waiting.remove(ready)
        ordered.append(ready)
        done.add(ready.name)
    for cte in ordered:
        if cte.name in recursive:
            _check_well_formed(state, cte)
    return ordered, recursive


def _parts(node: object) -> Iterator[nodes.Node]:
    if isinstance(node, nodes.Node):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from _parts(item)


def _children(node: nodes.Node) -> Iterator[nodes.Node]:
    for name in _fields[type(node)]:
        yield from _parts(getattr(node, name))


class _Fields(dict[type, tuple[str, ...]]):
    """The names of the fields of a type of node."""

    def __missing__(self, kind: type) -> tuple[str, ...]:
        names = tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()
        known = self[kind] = names
        return known


_fields = _Fields()


def _inner_with(node: nodes.Node) -> nodes.With | None:
    if isinstance(node, nodes.Select | nodes.Insert | nodes.Update | nodes.Delete | nodes.Merge):
        return node.with_
    return None


def _references(node: nodes.Node, names: set[str]) -> set[str]:
    """Which of the names a statement refers to as relations, where no inner WITH hides them."""
    if isinstance(node, nodes.RangeVar):
        return {node.name[0]} & names if len(node.name) == 1 else set()
    inner = _inner_with(node)
    found: set[str] = set()
    if inner is not None:
        hidden = {cte.name for cte in inner.ctes}
        visible = set(names)
        for cte in inner.ctes:
            found |= _references(cte.query, names - hidden if inner.recursive else visible)
            visible.discard(cte.name)
        names = names - hidden
    target = node.relation if isinstance(node, nodes.Insert | nodes.Update | nodes.Delete) else None
    for child in _children(node):
        if child is not inner and child is not target:
            found |= _references(child, names)
    return found


# The form of a recursive query


@dataclass(slots=True)
class _Walk:
    """Follows one recursive query; `place` says why a reference to it would be wrong here."""

    state: ParseState
    name: str
    place: str | None = None
    count: int = 0
    hidden: list[set[str]] = field(default_factory=list)

    @contextmanager
    def within(self, place: str | None) -> Iterator[None]:
        saved, self.place = self.place, place
        yield
        self.place = saved

    def visit(self, node: nodes.Node | None) -> None:
        if node is None:
            return
        if isinstance(node, nodes.RangeVar):
            self._reference(node)
        elif isinstance(node, nodes.Join):
            self._join(node)
        elif isinstance(node, nodes.SubLink):
            with self.within("a subquery"):
                self.visit(node.query)
            self.visit(node.left)
        elif _inner_with(node) is not None:
            self._with(node)
        else:
            self._plain(node)

    def _reference(self, node: nodes.RangeVar) -> None:
        if node.name != (self.name,) or any(self.name in names for names in self.hidden):
            return
        prefix = f'recursive reference to query "{self.name}" must not appear'
        if self.place is not None:
            _error(self.state, f"{prefix} within {self.place}", node)
        self.count += 1
        if self.count > 1:
            _error(self.state, f"{prefix} more than once", node)

    def _join(self, node: nodes.Join) -> None:
        outer = self.place or "an outer join"
        with self.within(outer if node.kind in ("right", "full") else self.place):
            self.visit(node.left)
        with self.within(outer if node.kind in ("left", "full") else self.place):
            self.visit(node.right)
        self.visit(node.on)

    def _with(self, node: nodes.Node) -> None:
        inner = _inner_with(node)
        assert inner is not None
        names: set[str] = {cte.name for cte in inner.ctes} if inner.recursive else set()
        self.hidden.append(names)
        for cte in inner.ctes:
            self.visit(cte.query)
            names.add(cte.name)
        self._plain(node, skip=inner)
        self.hidden.pop()

    def _plain(self, node: nodes.Node, skip: nodes.With | None = None) -> None:
        places: dict[int, str] = {}
        if isinstance(node, nodes.Select) and self.place is None:
            if node.set_op == "except":
                places[id(node.right)] = "EXCEPT"
                if node.all:
                    places[id(node.left)] = "EXCEPT"
            elif node.set_op == "intersect" and node.all:
                places[id(node.left)] = places[id(node.right)] = "INTERSECT"
        for child in _children(node):
            if child is skip:
                continue
            with self.within(places.get(id(child), self.place)):
                self.visit(child)


def _error(state: ParseState, message: str, where: nodes.Node) -> NoReturn:
    state.error("invalid-recursion", message, where, sqlstate="42P19")


def _check_well_formed(state: ParseState, cte: nodes.CommonTableExpr) -> None:
    query = cte.query
    if not isinstance(query, nodes.Select):
        _error(
            state,
            f'recursive query "{cte.name}" must not contain data-modifying statements',
            cte,
        )
    if query.set_op != "union":
        _error(
            state,
            f'recursive query "{cte.name}" does not have the form non-recursive-term UNION [ALL] '
            "recursive-term",
            cte,
        )
    walk = _Walk(state, cte.name)
    if query.with_ is not None:
        walk.hidden.append({inner.name for inner in query.with_.ctes})
        with walk.within("a subquery"):
            for inner in query.with_.ctes:
                walk.visit(inner.query)
    with walk.within("its non-recursive term"):
        walk.visit(query.left)
    walk.count = 0
    walk.visit(query.right)
    _check_decoration(state, query)


def _check_decoration(state: ParseState, query: nodes.Select) -> None:
    decorations: tuple[tuple[str, nodes.Node | None], ...] = (
        ("ORDER BY", query.order_by[0] if query.order_by else None),
        ("OFFSET", query.offset),
        ("LIMIT", query.limit),
        ("FOR UPDATE/SHARE", query.locking[0] if query.locking else None),
    )
    for name, node in decorations:
        if node is not None:
            state.error(
                "invalid-recursion",
                f"{name} in a recursive query is not implemented",
                node,
                sqlstate="0A000",
            )

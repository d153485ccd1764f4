"""The items of a FROM list, gone through."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree


def entries_of(node: tree.FromNode) -> Iterator[tree.RangeTableEntry]:
    """The entries under a node of FROM."""
    return (each.entry for each in _below(node) if isinstance(each, tree.FromLeaf))


def joins_of(query: tree.Query) -> Iterator[tree.FromJoin]:
    """Every join of a FROM list, those inside others as well."""
    for node in query.from_nodes:
        yield from (each for each in _below(node) if isinstance(each, tree.FromJoin))


def _below(node: tree.FromNode) -> Iterator[tree.FromNode]:
    """A node and all below it, left before right: a chain of joins is as deep as it is long."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        yield part
        if isinstance(part, tree.FromJoin):
            waiting += (part.right, part.left)

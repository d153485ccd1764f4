"""The items of a FROM list, gone through."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree


def entries_of(node: tree.FromNode) -> Iterator[tree.RangeTableEntry]:
    """The entries under a node of FROM."""
    if isinstance(node, tree.FromLeaf):
        yield node.entry
        return
    yield from entries_of(node.left)
    yield from entries_of(node.right)


def joins_of(query: tree.Query) -> Iterator[tree.FromJoin]:
    """Every join of a FROM list, those inside others as well."""
    for node in query.from_nodes:
        yield from _joins(node)


def _joins(node: tree.FromNode) -> Iterator[tree.FromJoin]:
    if isinstance(node, tree.FromJoin):
        yield node
        yield from _joins(node.left)
        yield from _joins(node.right)

"""The items of a FROM list, gone through."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis import tree


def entries_of(node: tree.FromNode) -> Sequence[tree.RangeTableEntry]:
    """The entries under a node of FROM."""
    if isinstance(node, tree.FromLeaf):
        return (node.entry,)
    return [each.entry for each in _below(node) if isinstance(each, tree.FromLeaf)]


def joins_of(query: tree.Query) -> Sequence[tree.FromJoin]:
    """Every join of a FROM list, those inside others as well."""
    joins = [node for node in query.from_nodes if isinstance(node, tree.FromJoin)]
    return [each for join in joins for each in _below(join) if isinstance(each, tree.FromJoin)]


def _below(node: tree.FromNode) -> Sequence[tree.FromNode]:
    """A node and all below it, left before right: a chain of joins is as deep as it is long."""
    found: list[tree.FromNode] = []
    waiting = [node]
    while waiting:
        part = waiting.pop()
        found.append(part)
        if isinstance(part, tree.FromJoin):
            waiting += (part.right, part.left)
    return found

"""Walking over the raw syntax tree."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.dataclass import fields, is_dataclass
from sqlwright.sql import nodes


def walk(value: object) -> Iterator[nodes.Node]:
    """A node and every node below it, in the order of its fields; also of a tuple of nodes."""
    if isinstance(value, nodes.Node):
        yield value
        if is_dataclass(value):
            for each in fields(value):
                yield from walk(getattr(value, each.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from walk(item)


def writes_in_with(statement: nodes.Statement) -> bool:
    """Whether a statement of its WITH clause inserts, updates, deletes or merges."""
    with_ = getattr(statement, "with_", None)
    return with_ is not None and any(
        isinstance(each.query, nodes.Insert | nodes.Update | nodes.Delete | nodes.Merge)
        for each in with_.ctes
    )

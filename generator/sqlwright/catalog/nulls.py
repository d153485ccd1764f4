"""When functions and aggregates yield NULL.

Strictness, from pg_proc, says that a NULL argument gives NULL; it does not say that other
arguments never do. What it leaves open comes from probing a real server (the probe tool writes
`data/nulls/`). A user's own function may always yield NULL.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlwright.catalog.catalog import Catalog


@dataclass(frozen=True, slots=True)
class FunctionNulls:
    """When a function yields NULL: `never`; `arguments`: exactly if an argument at one of the
    `positions` (from 0) is NULL; `all`: only if every one at these is; `maybe`: nothing is known.
    For a set-returning function it speaks of the values in its rows, given rows.
    """

    when: Literal["never", "arguments", "all", "maybe"]
    positions: tuple[int, ...] = ()


AggregateNulls = Literal["never", "no rows", "no values", "maybe"]
"""When an aggregate yields NULL: over no rows, over no non-NULL values, or more often."""


def function_nulls(catalog: Catalog, oid: int) -> FunctionNulls:
    """What is known of a function's NULLs."""
    function = catalog.function(oid)
    if function.strict and function.language in ("internal", "c"):
        return FunctionNulls("arguments", tuple(range(max(len(function.arguments), 1))))
    return FunctionNulls("maybe")


def aggregate_nulls(catalog: Catalog, oid: int) -> AggregateNulls:
    """What is known of an aggregate's NULLs."""
    function = catalog.function(oid)
    if function.aggregate is not None and function.aggregate.has_initial_value:
        return "no values"
    return "maybe"

"""When functions and aggregates yield NULL.

Strictness, from pg_proc, says that a NULL argument gives NULL; it does not say that other
arguments never do. What it leaves open comes from probing a real server (the probe tool writes
`data/nulls/`). A function that was not probed may always yield NULL, and so may a user's own.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, cast

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_own
from sqlwright.catalog.model import Function
from sqlwright.dataclass import dataclass
from sqlwright.resources import resource

_FILES = resource("catalog", "data", "nulls")


@dataclass(frozen=True, slots=True)
class FunctionNulls:
    """When a function yields NULL: `never`; `arguments`: exactly if an argument at one of the
    `positions` (from 0) is NULL; `all`: only if every one at these is; `maybe`: nothing is known.
    For a set-returning function it speaks of the values in its rows, given rows.

    `blank` are positions where an empty text gives NULL all the same.
    `infinite` adds that an infinite date, timestamp or interval may give NULL, but not where the
    first argument names one of `fields_of_infinity`. `never_null_fields`
    are the columns (from 0) of a composite result that are not NULL, given arguments that are not.
    """

    when: Literal["never", "arguments", "all", "maybe"]
    positions: tuple[int, ...] = ()
    infinite: bool = False
    never_null_fields: tuple[int, ...] = ()
    blank: tuple[int, ...] = ()
    fields_of_infinity: frozenset[str] = frozenset()


AggregateNulls = Literal["never", "no rows", "no values", "maybe"]
"""When an aggregate yields NULL: over no rows, over no non-NULL values, or more often."""

_MAYBE = FunctionNulls("maybe")


def function_nulls(catalog: Catalog, oid: int) -> FunctionNulls:
    """What is known of a function's NULLs; of one that the catalog lacks, nothing is."""
    function = catalog.get_function(oid)
    fields = None if function is None else _probed(catalog, function)
    return _MAYBE if fields is None else _function_nulls(fields)


def aggregate_nulls(catalog: Catalog, oid: int) -> AggregateNulls:
    """What is known of an aggregate's NULLs."""
    function = catalog.function(oid)
    fields = _probed(catalog, function)
    return _user_aggregate(catalog, function) if fields is None else cast(AggregateNulls, fields[2])


def _user_aggregate(catalog: Catalog, function: Function) -> AggregateNulls:
    """A strict transition function passes NULLs by (CREATE AGGREGATE); if it makes no NULL of its
    own and nothing comes after it, the value is NULL only for want of an initial one."""
    facts = function.aggregate
    if facts is None or facts.kind != "normal" or not facts.transition:
        return "maybe"
    transition = catalog.get_function(facts.transition)
    if transition is None or not transition.strict:
        return "maybe"
    if function_nulls(catalog, facts.transition).when == "maybe":
        return "maybe"
    return "never" if facts.has_initial_value else "no values"


def aggregate_value_positions(catalog: Catalog, oid: int) -> tuple[int, ...]:
    """The arguments, direct ones first, that must not be NULL for a row to count as a value."""
    fields = _probed(catalog, catalog.function(oid))
    return () if fields is None else _numbers(fields[3])


@cache
def _function_nulls(fields: tuple[str, ...]) -> FunctionNulls:
    when = "arguments" if fields[2] == "edge" else fields[2]
    return FunctionNulls(
        cast(Literal["never", "arguments", "all", "maybe"], when),
        _numbers(fields[3]),
        fields[2] == "edge",
        _numbers(fields[4]),
        _numbers(_by_oid("blank").get(fields[0], "")),
        frozenset(filter(None, _by_oid("infinite").get(fields[0], "").split(","))),
    )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(","))) if text else ()


def _probed(catalog: Catalog, function: Function) -> tuple[str, ...] | None:
    """The line of the probe's file on a function, None if there is none."""
    if is_own(function):
        return _line("builtin", str(function.oid))
    if _constructs_range(catalog, function):
        return _like_built_in(function)
    extension = _extension_of(catalog).get(function.oid)
    return None if extension is None else _line(extension, _signature(catalog, function))


def _constructs_range(catalog: Catalog, function: Function) -> bool:
    """Whether the function came with a range type of the user's, to make values of it."""
    result = catalog.type(function.result)
    return (
        function.language == "internal"
        and result.kind in ("range", "multirange")
        and (function.schema, function.name) == (result.schema, result.name)
    )


def _like_built_in(function: Function) -> tuple[str, ...]:
    places = ",".join(map(str, range(len(function.arguments)))) if function.strict else ""
    return ("", "", "arguments" if function.strict else "never", places, "")


def _extension_of(catalog: Catalog) -> dict[int, str]:
    def made() -> dict[int, str]:
        return {oid: each.name for each in catalog.extensions.values() for oid in each.functions}

    return catalog.memo.once("extension functions", made)


def _signature(catalog: Catalog, function: Function) -> str:
    arguments = ",".join(catalog.type(oid).name for oid in function.arguments)
    return f"{function.name}({arguments})"


@cache
def _by_oid(name: str) -> dict[str, str]:
    """What a file says of built-in functions besides, by their OIDs."""
    lines = (_FILES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {oid: said for oid, _, said in (line.split("\t") for line in lines)}


@cache
def _line(name: str, key: str) -> tuple[str, ...] | None:
    """The fields of one line of a file, if it has it."""
    line = _lines(name).get(key)
    return None if line is None else (*line.split("\t"), "", "")[:5]


@cache
def _lines(name: str) -> dict[str, str]:
    """The lines of a file by OID or, in an extension's, by signature."""
    path = _FILES / f"{name}.tsv"
    if not path.is_file():
        return {}
    found: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        oid, signature, _ = line.split("\t", 2)
        found[oid or signature] = line
    return found

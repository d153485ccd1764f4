"""When functions yield NULL: the probe's answers, and that PostgreSQL still gives them."""

from __future__ import annotations

import asyncpg
import pytest
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.catalog.facts.extensions import apply_extension, extension_file
from sqlwright.catalog.model import Function
from sqlwright.catalog.nulls import (
    FunctionNulls,
    aggregate_nulls,
    aggregate_value_positions,
    function_nulls,
)


def find(catalog: Catalog, name: str, *types: str) -> Function:
    found = []
    for each in types:
        named = catalog.find_type((each,))
        assert named is not None, each
        found.append(named.oid)
    function = catalog.find_function((name,), tuple(found))
    assert function is not None, f"{name}({', '.join(types)})"
    return function


@pytest.mark.parametrize(
    ("name", "types", "when", "positions"),
    [
        ("abs", ("int4",), "arguments", (0,)),
        ("int4pl", ("int4", "int4"), "arguments", (0, 1)),
        ("upper", ("text",), "arguments", (0,)),
        ("upper", ("anyrange",), "maybe", ()),
        ("array_length", ("anyarray", "int4"), "maybe", ()),
        ("jsonb_object_field_text", ("jsonb", "text"), "maybe", ()),
        ("jsonb_array_elements", ("jsonb",), "arguments", (0,)),
        ("jsonb_array_elements_text", ("jsonb",), "maybe", ()),
        ("substring", ("text", "int4"), "arguments", (0, 1)),
        ("substring", ("text", "text"), "maybe", ()),
        ("int4", ("jsonb",), "maybe", ()),
        ("concat", ("any",), "never", ()),
        ("concat_ws", ("text", "any"), "arguments", (0,)),
        ("array_append", ("anycompatiblearray", "anycompatible"), "never", ()),
        ("array_cat", ("anycompatiblearray", "anycompatiblearray"), "all", (0, 1)),
        ("array_to_string", ("anyarray", "text", "text"), "arguments", (0, 1)),
        ("current_schema", (), "maybe", ()),
        ("has_table_privilege", ("oid", "text"), "maybe", ()),
        ("pg_sleep", ("float8",), "arguments", (0,)),
        ("pg_read_file", ("text",), "maybe", ()),
        ("row_number", (), "never", ()),
        ("ntile", ("int4",), "arguments", (0,)),
        ("first_value", ("anyelement",), "maybe", ()),
    ],
)
def test_functions(
    name: str, types: tuple[str, ...], when: str, positions: tuple[int, ...]
) -> None:
    catalog = initial_catalog()
    nulls = function_nulls(catalog, find(catalog, name, *types).oid)
    assert (nulls.when, nulls.positions) == (when, positions)


def test_infinite_dates_are_told_apart() -> None:
    catalog = initial_catalog()
    part = function_nulls(catalog, find(catalog, "date_part", "text", "timestamptz").oid)
    assert (part.when, part.positions, part.infinite) == ("arguments", (0, 1), True)
    assert part.fields_of_infinity >= {"epoch", "year"}
    assert "month" not in part.fields_of_infinity
    trunc = function_nulls(catalog, find(catalog, "date_trunc", "text", "timestamptz").oid)
    assert trunc == FunctionNulls("arguments", (0, 1))


def test_fields_of_a_composite_result() -> None:
    catalog = initial_catalog()
    each = function_nulls(catalog, find(catalog, "jsonb_each", "jsonb").oid)
    each_text = function_nulls(catalog, find(catalog, "jsonb_each_text", "jsonb").oid)
    assert each.never_null_fields == (0, 1)
    assert each_text.never_null_fields == (0,)


@pytest.mark.parametrize(
    ("name", "types", "when", "positions"),
    [
        ("count", (), "never", ()),
        ("count", ("any",), "never", ()),
        ("array_agg", ("anynonarray",), "no rows", ()),
        ("jsonb_object_agg", ("any", "any"), "no rows", ()),
        ("sum", ("int4",), "no values", (0,)),
        ("string_agg", ("text", "text"), "no values", (0,)),
        ("percentile_cont", ("float8", "float8"), "no values", (0, 1)),
        ("mode", ("anyelement",), "no values", (0,)),
        ("stddev_samp", ("numeric",), "maybe", ()),
        ("corr", ("float8", "float8"), "maybe", ()),
        ("rank", ("any",), "never", ()),
    ],
)
def test_aggregates(
    name: str, types: tuple[str, ...], when: str, positions: tuple[int, ...]
) -> None:
    catalog = initial_catalog()
    candidates = [each for each in catalog.functions_named((name,)) if each.kind == "aggregate"]
    argument_types = tuple(
        found.oid for each in types if (found := catalog.find_type((each,))) is not None
    )
    [aggregate] = [each for each in candidates if each.arguments == argument_types]
    assert aggregate_nulls(catalog, aggregate.oid) == when
    assert aggregate_value_positions(catalog, aggregate.oid) == positions


def test_extension_functions() -> None:
    extension = extension_file("hstore")
    assert extension is not None
    catalog = apply_extension(initial_catalog(), extension, "public")
    fetch = find(catalog, "fetchval", "hstore", "text")
    exist = find(catalog, "exist", "hstore", "text")
    assert function_nulls(catalog, fetch.oid).when == "maybe"
    assert function_nulls(catalog, exist.oid) == FunctionNulls("arguments", (0, 1))


def test_user_functions_may_always_yield_null() -> None:
    own = Function(20001, "public", "own", "function", (23,), 23, strict=True, language="c")
    catalog = initial_catalog().with_function(own)
    assert function_nulls(catalog, own.oid) == FunctionNulls("maybe")
    assert aggregate_nulls(catalog, own.oid) == "maybe"


def test_every_operator_of_a_type_that_compares_is_judged() -> None:
    """Comparison is what queries filter by: nothing of it may be missing from the probe."""
    catalog = initial_catalog()
    missing = [
        (each.name, catalog.display_type(each.left), catalog.display_type(each.right))
        for member in catalog.builtin.members.values()
        if member.method == "btree"
        and (each := catalog.operator(member.operator))
        and function_nulls(catalog, each.function).when != "arguments"
    ]
    assert missing == []


async def test_functions_said_to_follow_their_arguments_do(postgres: str) -> None:
    """Calls of our own choosing, none of them NULL unless the file says that it may be."""
    calls = {
        "round(1.5)": "never",
        "date_trunc('day', now())": "never",
        "to_char(now(), 'YYYY')": "never",
        "split_part('a,b', ',', 5)": "never",
        "jsonb_set('{}', '{a}', '1')": "never",
        "array_remove(ARRAY[1], 1)": "never",
        "array_length(ARRAY[]::int[], 1)": "null",
        "'{}'::jsonb -> 'a'": "null",
        "lower('empty'::int4range)": "null",
        "substring('abc' from 'z')": "null",
    }
    connection = await asyncpg.connect(postgres)
    try:
        for call, expected in calls.items():
            is_null = await connection.fetchval(f"SELECT ({call}) IS NULL")
            assert is_null == (expected == "null"), call
    finally:
        await connection.close()

"""Operators and functions over built-in types: the pure rules against PostgreSQL's choices."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import asyncpg
import pytest
from sqlwright.analysis.operators.operators import select_operator
from sqlwright.analysis.resolution.function_candidates import CallShape
from sqlwright.analysis.resolution.function_lookup import func_get_detail
from sqlwright.analysis.resolution.polymorphic import enforce_generic_type_consistency
from sqlwright.analysis.state.refusal import RefusalError
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.catalog.types.properties import is_polymorphic

SEED = 5
OPERATORS = 3000
FUNCTIONS = 2500
NOT_CALLED = frozenset(("internal", "trigger", "event_trigger", "cstring"))
FIRST_UNSTABLE_OID = 10000
UNREADABLE = "cannot accept a value of type"

Verdict = int | str
"""The OID of the result, or the SQLSTATE of the refusal."""


@dataclass(frozen=True)
class Case:
    """A call by name over types; an unknown one is written as a bare NULL."""

    name: str
    types: tuple[int, ...]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return initial_catalog()


def plain_types(catalog: Catalog) -> list[int]:
    """Types that a value may have, unknown among them."""
    return [
        each.oid
        for each in catalog.builtin.types
        if each.schema == "pg_catalog"
        and each.oid < FIRST_UNSTABLE_OID
        and (each.kind in ("base", "range", "multirange") or each.name in ("record", "unknown"))
        and each.category != "Z"
    ]


def verdict_on_operator(catalog: Catalog, case: Case) -> Verdict:
    found, ambiguous = select_operator(catalog, ("pg_catalog", case.name), case.types)
    if found is None:
        return "42725" if ambiguous else "42883"
    declared = (found.left, found.right)[-len(case.types) :]
    try:
        return enforce_generic_type_consistency(catalog, case.types, declared, found.result).result
    except RefusalError as refusal:
        return refusal.sqlstate


def verdict_on_function(catalog: Catalog, case: Case) -> Verdict:
    count = len(case.types)
    names = ("pg_catalog", case.name)
    detail = func_get_detail(catalog, names, case.types, CallShape(count), literal=True)
    if detail.outcome == "coercion":
        return detail.coercion
    if detail.candidate is None:
        return "42725" if detail.outcome == "ambiguous" else "42883"
    arguments = detail.candidate.arguments
    defaults = tuple(each for each in arguments[count:] if not is_polymorphic(each))
    try:
        return enforce_generic_type_consistency(
            catalog,
            (*case.types, *defaults),
            (*arguments[:count], *defaults),
            detail.candidate.item.function.result,
        ).result
    except RefusalError as refusal:
        return refusal.sqlstate


def written(catalog: Catalog, type_oid: int) -> str:
    found = catalog.type(type_oid)
    return "NULL" if found.name == "unknown" else f'NULL::pg_catalog."{found.name}"'


def operator_query(catalog: Catalog, case: Case) -> str:
    *left, right = [written(catalog, each) for each in case.types]
    return " ".join(["SELECT", *left, f"OPERATOR(pg_catalog.{case.name})", right])


def function_query(catalog: Catalog, case: Case) -> str:
    args = ", ".join(written(catalog, each) for each in case.types)
    return f'SELECT pg_catalog."{case.name}"({args})'


def operator_cases(catalog: Catalog, seed: int) -> Iterator[Case]:
    """Operators over types near those they are declared for."""
    source = random.Random(seed)
    types = plain_types(catalog)
    operators = list(catalog.builtin.operators)
    for _ in range(OPERATORS):
        operator = source.choice(operators)
        declared = [each for each in (operator.left, operator.right) if each]
        yield Case(operator.name, tuple(near(catalog, source, types, each) for each in declared))


def function_cases(catalog: Catalog, seed: int) -> Iterator[Case]:
    """Functions over types near those they are declared for, defaults left out, VARIADIC spread."""
    source = random.Random(seed)
    types = plain_types(catalog)
    functions = [
        each
        for each in catalog.builtin.functions
        if each.schema == "pg_catalog"
        and each.kind == "function"
        and not any(catalog.type(arg).name in NOT_CALLED for arg in each.arguments)
    ]
    for _ in range(FUNCTIONS):
        function = source.choice(functions)
        declared = list(function.arguments)
        if function.variadic:
            declared[-1:] = [function.variadic] * source.randint(0, 3)
        elif function.defaults:
            declared = declared[: len(declared) - source.randint(0, function.defaults)]
        yield Case(function.name, tuple(near(catalog, source, types, each) for each in declared))


def near(catalog: Catalog, source: random.Random, types: list[int], declared: int) -> int:
    """The declared type, unknown, one of its category, or any."""
    unknown = catalog.find_type(("pg_catalog", "unknown"))
    assert unknown is not None
    kind = source.random()
    if kind < 0.35 and declared in types:
        return declared
    if kind < 0.55:
        return unknown.oid
    if kind < 0.85:
        category = catalog.type_category(declared)
        alike = [each for each in types if catalog.type_category(each) == category]
        return source.choice(alike or types)
    return source.choice(types)


async def their_verdict(connection: asyncpg.Connection, query: str) -> Verdict | None:
    """None where the answer is not about the choice, or the client library cannot read it."""
    try:
        prepared = await connection.prepare(query)
    except asyncpg.InternalClientError:
        return None
    except asyncpg.PostgresError as error:
        return None if error.message.startswith(UNREADABLE) else str(error.sqlstate)
    return int(prepared.get_attributes()[0].type.oid)


async def compare(
    database: str, asked: list[tuple[Case, str, Verdict]]
) -> tuple[list[str], int, int]:
    """The cases that differ, and how many were accepted and refused alike."""
    connection = await asyncpg.connect(database, statement_cache_size=0)
    wrong: list[str] = []
    accepted = refused = 0
    try:
        for case, query, mine in asked:
            judge = await their_verdict(connection, query)
            if judge is None:
                continue
            if judge != mine:
                wrong.append(f"{query}: {mine}, PostgreSQL says {judge} ({case})")
            elif isinstance(judge, int):
                accepted += 1
            else:
                refused += 1
    finally:
        await connection.close()
    print(f"{accepted} accepted alike, {refused} refused alike, {len(wrong)} not")
    return wrong, accepted, refused


async def test_operators_are_chosen_as_postgres_does(
    database: str, catalog: Catalog, seed: int
) -> None:
    asked = [
        (case, operator_query(catalog, case), verdict_on_operator(catalog, case))
        for case in operator_cases(catalog, seed)
    ]
    wrong, accepted, refused = await compare(database, asked)
    assert not wrong, "\n".join(wrong[:20])
    assert min(accepted, refused) > OPERATORS / 6


async def test_functions_are_chosen_as_postgres_does(
    database: str, catalog: Catalog, seed: int
) -> None:
    asked = [
        (case, function_query(catalog, case), verdict_on_function(catalog, case))
        for case in function_cases(catalog, seed)
    ]
    wrong, accepted, refused = await compare(database, asked)
    assert not wrong, "\n".join(wrong[:20])
    assert min(accepted, refused) > FUNCTIONS / 6

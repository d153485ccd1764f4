"""Queries that give back the values of types that they are given, and what comes of them."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import asyncpg
from connections import connected
from tools.type_cases import Came, Case


def queries(types: list[tuple[str, Case]]) -> str:
    """For each type, queries that give back the value or array that they are given: as text, where
    asyncpg cannot send it by itself."""
    texts = []
    for number, (type_, case) in enumerate(types):
        as_text = "::text" if case.unsent == "values" else ""
        as_texts = "::text[]" if case.unsent == "arrays" else ""
        texts.append(
            f"-- name: Value{number} :one\n"
            f"SELECT sqlc.narg(value){as_text}::{type_} AS value;\n"
            f"-- name: Certain{number} :one\n"
            f"SELECT coalesce(@value{as_text}::{type_}) AS value;\n"
        )
        if case.unsent == "values":
            continue
        texts.append(
            f"-- name: Array{number} :one\n"
            f"SELECT sqlc.narg(items){as_texts}::{type_}[]{'::text[]' * case.unread} AS items;\n"
        )
    return "".join(texts)


async def make_the_trip(uri: str, package: ModuleType, number: int, case: Case) -> None:
    """Send the values of a type and arrays of them, and compare what comes back."""
    value = getattr(package, f"value{number}")
    pairs = [_both_ways(package, each) for each in case.values]
    sent = [each for each, _ in pairs]
    backs = [back for _, back in pairs]
    async with connected(uri, "connection") as conn:
        assert await value(conn) is None
        for given, back in zip(case.texts if case.unsent == "values" else sent, backs, strict=True):
            found = await value(conn, value=given)
            assert (found, type(found)) == (back, _type_of(back))
        if case.unsent == "values":
            return
        array = getattr(package, f"array{number}")
        assert await array(conn) is None
        for items in ([], [None], [*(case.texts if case.unsent else sent), None]):
            assert await array(conn, items=items) == ([*backs, None] if len(items) > 1 else items)


def _both_ways(package: ModuleType, value: Any) -> tuple[Any, Any]:
    if isinstance(value, Came):
        return value.sent, value.back
    made = value(package) if callable(value) else value
    return made, made


def _type_of(value: Any) -> type:
    """asyncpg's UUID is a class of its own below the standard one."""
    return asyncpg.pgproto.pgproto.UUID if type(value).__name__ == "UUID" else type(value)


def check_annotations(package: ModuleType, number: int, case: Case) -> None:
    """A parameter and a result are annotated as a case says."""
    parameter = "str" if case.unsent == "values" else case.parameter or case.python
    annotations = getattr(package, f"value{number}").__annotations__
    assert (annotations["value"], annotations["return"]) == (
        f"{parameter} | None",
        f"{case.python} | None",
    )

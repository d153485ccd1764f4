"""Definitions that PostgreSQL refuses are refused here, with its SQLSTATE, wording and place.

Every file of `statements` is run statement by statement on both sides, good and bad ones alike, and
the two catalogs are compared at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest
from loading import HERE, Server, compare, load, sql_of, statements
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile

FILES = sorted((HERE / "statements").glob("*.sql"))

# An extension that is not shipped is no error but a warning, since it may well exist elsewhere.
_WARNED = "CREATE EXTENSION nosuch_extension"


@pytest.mark.parametrize("file", FILES, ids=lambda each: each.stem)
async def test_refusals_are_those_of_postgres(postgres: str, file: Path) -> None:
    source = SourceFile(file.name, file.read_text())
    catalog, diagnostics = load([file])
    ours = _by_statement(source, diagnostics)
    compared = refused = 0
    differences: list[str] = []
    async with Server(postgres, f"refusals_{file.stem}") as connection:
        for index, each in enumerate(statements(source)):
            sql = sql_of(source, each)
            theirs = await _refusal(connection, sql)
            if sql != _WARNED:
                found = _difference(theirs, ours.get(index), each.tokens[0].start)
                differences += [f"line {source.position(each.tokens[0].start)[0]}: {found}"] * bool(
                    found
                )
            compared += 1
            refused += theirs is not None
        print(f"{file.stem}: {compared} statements, {refused} of them refused")
        assert not differences, "\n".join(differences)
        await compare(connection, catalog, file.stem)
    assert refused > 5


def _by_statement(source: SourceFile, diagnostics: list[Diagnostic]) -> dict[int, Diagnostic]:
    found: dict[int, Diagnostic] = {}
    stretches = list(statements(source))
    for diagnostic in diagnostics:
        at = diagnostic.labels[0].span.start
        for index, each in enumerate(stretches):
            if diagnostic.severity == "error" and each.tokens[0].start <= at <= each.end:
                assert index not in found
                found[index] = diagnostic
    return found


async def _refusal(connection: asyncpg.Connection, sql: str) -> asyncpg.PostgresError | None:
    try:
        await connection.execute(sql)
    except asyncpg.PostgresError as error:
        return error
    return None


def _difference(theirs: asyncpg.PostgresError | None, ours: Diagnostic | None, start: int) -> str:
    """What differs, empty if nothing does. The lines of a detail may come in another order; of
    labels used twice PostgreSQL's detail shows OIDs.
    """
    if theirs is None or ours is None:
        if theirs is ours:
            return ""
        return f"PostgreSQL: {theirs}, sqlwright: {ours and ours.message}"
    lines = [line for text in (theirs.detail, theirs.hint) if text for line in text.splitlines()]
    notes = [line for text in ours.notes for line in text.splitlines()]
    if theirs.sqlstate == "23505":
        lines = notes
    expected = (theirs.sqlstate, theirs.message, sorted(lines))
    actual = (ours.sqlstate, ours.message, sorted(notes))
    if expected != actual:
        return f"PostgreSQL: {expected}, sqlwright: {actual}"
    position = getattr(theirs, "position", None)
    at = ours.labels[0].span.start - start + 1
    if position and int(position) != at:
        return f"{theirs.message}: PostgreSQL points at {position}, sqlwright at {at}"
    return ""


@pytest.mark.parametrize("file", FILES, ids=lambda each: each.stem)
def test_refusals_are_placed(file: Path, golden: Callable[[Path, str], None]) -> None:
    source = SourceFile(file.name, file.read_text())
    _, diagnostics = load([file])
    lines = []
    for each in diagnostics:
        span = each.labels[0].span
        line, column = source.position(span.start)
        place = f"{line}:{column}-{column + span.end - span.start}"
        lines.append(f"{place} {each.severity} {each.code} {each.sqlstate} {each.message}\n")
    golden(file.with_suffix(".refusals"), "".join(lines))

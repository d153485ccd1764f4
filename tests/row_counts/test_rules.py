"""The rules by which rows are counted, each with a query that rests on it and a near miss that must
not, and PostgreSQL as the judge of both.

    -- rule: what it says (the section of the manual)
    -- rows: at-most-one
    -- given: INSERT INTO ...; INSERT INTO ...
    -- arguments: 1
    -- tables: CREATE TABLE ...

What `tables` are made for takes a newer PostgreSQL than the one with ICU may be, and no more of the
schema than these.

A near miss has `given`, statements after which PostgreSQL returns a number of rows that the claims
of the rule would not allow. What rests on the rule must stand up to the same data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest
from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.proof_rules import PROOF_RULES
from sqlwright.analysis.query import infer_query
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import initial_catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries

FOLDER = Path(__file__).parent
ALLOWED = {"exactly-one": (1,), "at-most-one": (0, 1)}


@dataclass(frozen=True)
class Case:
    """A query with what is inferred of it and what is stated."""

    facts: QueryFacts
    rule: str
    rows: str
    given: str | None
    arguments: tuple[str | None, ...]
    tables: str | None


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    problems: list[Diagnostic] = []
    schema = SourceFile("schema.sql", (FOLDER / "schema.sql").read_text(encoding="utf-8"))
    catalog = build_catalog(initial_catalog(), [schema], analyser, problems)
    assert not problems, problems
    found = []
    for path in sorted((FOLDER / "rules").glob("*.sql")):
        source = SourceFile(path.name, path.read_text(encoding="utf-8"))
        statements, problems = read_queries(source)
        assert not problems, problems
        for statement in statements:
            facts, diagnostics = infer_query(catalog, statement)
            assert facts is not None, diagnostics
            found.append(_case(facts))
    return found


def _case(facts: QueryFacts) -> Case:
    stated = dict(line.strip().split(": ", 1) for line in facts.comment if ": " in line)
    texts = [each.strip() for each in stated.get("arguments", "").split(",") if each.strip()]
    arguments = tuple(None if each == "NULL" else each for each in texts)
    return Case(
        facts, stated["rule"], stated["rows"], stated.get("given"), arguments, stated.get("tables")
    )


def test_row_counts_are_as_stated(cases: list[Case]) -> None:
    wrong = [
        f"{case.facts.name}: inferred {case.facts.rows}, stated {case.rows}"
        for case in cases
        if case.rows != case.facts.rows
    ]
    assert not wrong, "\n".join(wrong)


def test_every_rule_has_a_proof_and_a_near_miss(cases: list[Case]) -> None:
    proofs = {case.rule for case in cases if case.given is None}
    misses = {case.rule for case in cases if case.given is not None}
    assert proofs == misses, proofs ^ misses
    known = {f"{rule.name} ({rule.section})" for rule in PROOF_RULES if rule.topic == "rows"}
    assert proofs == known, proofs ^ known


async def test_postgres_agrees(
    contrib_database: str, database: str, cases: list[Case], capsys: pytest.CaptureFixture[str]
) -> None:
    connection = await asyncpg.connect(contrib_database, statement_cache_size=0)
    newest = await asyncpg.connect(database, statement_cache_size=0)
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    try:
        await connection.execute((FOLDER / "schema.sql").read_text(encoding="utf-8"))
        for miss in cases:
            if miss.given is not None:
                asked = newest if miss.tables is not None else connection
                wrong += [line async for line in _refuted(asked, miss, cases, counts)]
    finally:
        await connection.close()
        await newest.close()
    with capsys.disabled():
        rules = len({case.rule for case in cases})
        print(f"\n{rules} rules, {len(cases)} queries: {dict(counts)}, {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong)
    assert counts["near misses"] >= 40


async def _refuted(
    connection: asyncpg.Connection, miss: Case, cases: list[Case], counts: Counter[str]
) -> AsyncIterator[str]:
    """What is wrong of a near miss, and of the proofs of its rule over the same data."""
    proofs = [case for case in cases if case.rule == miss.rule and case.given is None]
    given = "; ".join(filter(None, (miss.tables, miss.given)))
    rows = await _rows(connection, miss, given)
    counts["near misses"] += 1
    if all(rows in ALLOWED[case.rows] for case in proofs):
        yield f"{miss.facts.name}: PostgreSQL returned {rows} rows"
    for case in proofs:
        counts["proofs tried"] += 1
        rows = await _rows(connection, case, given)
        if rows not in ALLOWED[case.rows]:
            yield f"{case.facts.name}: {case.rows}, PostgreSQL returned {rows}"


async def _rows(connection: asyncpg.Connection, case: Case, given: str) -> int:
    """How many rows PostgreSQL returns after these statements, which are then undone."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(given)
        return len(await connection.fetch(case.facts.sql, *_values(case)))
    finally:
        await transaction.rollback()


def _values(case: Case) -> Sequence[object]:
    given = case.arguments or ("1",) * len(case.facts.parameters)
    types = [parameter.type for parameter in case.facts.parameters]
    return [
        value if value is None or kind == 25 else int(value)
        for value, kind in zip(given, types, strict=True)
    ]

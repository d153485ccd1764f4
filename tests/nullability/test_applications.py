"""Queries as applications have them: nothing may be called nullable that no data can make NULL, and
no row count may be missed.

`nullable.tsv` lists by query the row count, the columns that may be NULL, and the parameters that
may be None, with a `!` where there is no default. Data can make each of these columns NULL, and no
other: that is what to look at when the file changes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import infer_query
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries
from stated import catalog_of

FOLDER = Path(__file__).parent / "applications"


def inferred() -> list[QueryFacts]:
    catalog = catalog_of(FOLDER / "schema.sql")
    source = SourceFile("queries.sql", (FOLDER / "queries.sql").read_text(encoding="utf-8"))
    statements, problems = read_queries(source)
    assert not problems, problems
    found = []
    for statement in statements:
        facts, diagnostics = infer_query(catalog, statement)
        assert facts is not None, diagnostics
        assert not any(each.severity == "warning" for each in diagnostics), diagnostics
        found.append(facts)
    return found


def test_only_what_data_can_make_null_is_nullable(golden: Callable[[Path, str], None]) -> None:
    found = inferred()
    lines = ["query\trows\tcolumns\tparameters"]
    for facts in found:
        columns = ", ".join(each.name for each in facts.columns if each.nullable)
        parameters = ", ".join(
            each.name + ("" if each.left_out else "!") for each in facts.parameters if each.nullable
        )
        lines.append(f"{facts.name}\t{facts.rows}\t{columns}\t{parameters}")
    total = sum(len(facts.columns) for facts in found)
    nullable = sum(each.nullable for facts in found for each in facts.columns)
    print(f"{len(found)} queries, {total} columns, {nullable} nullable")
    golden(FOLDER / "nullable.tsv", "\n".join(lines) + "\n")

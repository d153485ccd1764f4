"""Queries kept by topic in folders of `tests/cases`: a file for each topic, and the schema."""

from __future__ import annotations

from pathlib import Path

CASES = Path(__file__).parents[1] / "cases"


def schema_of(folder: str) -> str:
    """The definitions that the queries of a folder run on."""
    return (CASES / folder / "schema.sql").read_text()


def topics_of(folder: str) -> dict[str, list[str]]:
    """The queries of each topic; every one ends with a semicolon at the end of a line."""
    topics = {}
    for file in sorted((CASES / folder).glob("*.sql")):
        if file.stem != "schema":
            parts = file.read_text().split(";\n")
            topics[file.stem] = [query.strip() for query in parts if query.strip()]
    return topics

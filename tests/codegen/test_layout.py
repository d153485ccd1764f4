"""`ruff format` changes nothing in a generated package, whatever its names are like."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from building import Database
from sqlwright.analysis.facts import EmbeddedTable, QueryFacts
from sqlwright.codegen.options import JsonOptions, PackageOptions
from sqlwright.codegen.plan import plan_package
from sqlwright.dataclass import replace
from sqlwright.render.python import render_package
from sqlwright.sql.statements import Command

SEED = 0
TYPES = (
    *("int4", "text", "uuid", "timestamptz", "numeric", "jsonb", "inet", "bytea", "int4range"),
    *("text[]", "jsonb[]", "mood", "mood[]", "address", "address[]", "email", "datemultirange"),
)
COMMANDS: tuple[Command, ...] = (
    *("one", "many", "exec", "execrows", "execresult", "stream"),
    *("copyfrom", "batchexec", "batchmany", "batchone"),
)
LONGEST = 60
"""PostgreSQL cuts names at 63 bytes; the tests put a number behind most."""

CHOICES: tuple[dict[str, Any], ...] = (
    {},
    {"model": "msgspec", "shape": "class"},
    {"model": "pydantic", "parameter_limit": 2, "frozen": True},
    {"model": "attrs", "json": JsonOptions("text")},
    {"model": "namedtuple", "domain_types": True},
    {"model": "typeddict", "shape": "class", "unused_models": True},
    {"shape": "class", "line_length": 79},
    {"model": "pydantic", "line_length": 120},
)


def name(length: int, random_: random.Random) -> str:
    """A name of that many characters in words of various lengths."""
    words = ""
    while len(words) < length:
        words += random_.choice(("a", "of", "row", "value", "customer", "reference")) + "_"
    return words[:length].rstrip("_") or "a"


def a_database(random_: random.Random, length: int) -> tuple[Database, list[QueryFacts]]:
    """Tables and queries of every command whose names are about `length` characters long."""

    def any_name() -> str:
        return name(min(LONGEST, max(1, length + random_.randint(-4, 4))), random_)

    database = Database()
    database.enum("mood", "sad", "so so", any_name())
    database.domain("email", "text")
    database.composite("address", ["street text", f"{any_name()} mood[]", "extra jsonb"])
    database.enum(enum := any_name() + "_e", "a", "b")
    types = (*TYPES, enum, f"{enum}[]")

    def columns(count: int) -> list[str]:
        nulls = (" null", "")
        chosen = (f"{random_.choice(types)}{random_.choice(nulls)}" for _ in range(count))
        return [f"{any_name()}_{index} {text}" for index, text in enumerate(chosen)]

    table = database.table(any_name(), columns(random_.randint(1, 8)), comment=sentence(random_))
    queries = []
    for index, command in enumerate(COMMANDS * 2):
        few = index % 3
        query = database.query(
            f"{any_name()}_{index}",
            command,
            parameters=columns(few + 1),
            columns=table if index % 2 else columns(few + 1),
            rows=random_.choice(("exactly-one", "at-most-one")),
            comment=[sentence(random_) for _ in range(few)],
            sql='SELECT \'"""\\\' -- "',
        )
        if command == "copyfrom":
            fields = tuple(parameter.name for parameter in query.parameters)
            numbers = tuple(parameter.position for parameter in query.parameters)
            query = replace(query, copy_target=(table.oid, fields), copied=numbers)
        queries.append(query)
    embedded = tuple(
        replace(column, embed=number) for number in (0, 1) for column in database.rows_of(table)
    )
    embeds = (EmbeddedTable("a", table.oid), EmbeddedTable(any_name(), table.oid, True, 0))
    joined = database.query(f"{any_name()}_joined", "many", parameters=["id int4"])
    return database, [*queries, replace(joined, columns=embedded, embeds=embeds)]


def sentence(random_: random.Random) -> str:
    """A comment line, with what docstrings need care for."""
    endings = ("", '"', "\\", " ", '"""', ".")
    body = " ".join(name(random_.randint(1, 9), random_) for _ in range(random_.randint(0, 14)))
    return random_.choice((" ", '"', "")) + body + random_.choice(endings)


@pytest.mark.parametrize(
    "choice",
    [pytest.param(at, marks=[pytest.mark.long] if at > 1 else []) for at in range(len(CHOICES))],
)
def test_generated_code_is_formatted(choice: int, tmp_path: Path, seed: int) -> None:
    columns = CHOICES[choice].get("line_length", 88)
    # In shorter lines the longest names fit nowhere, which formatters have ways of their own with.
    for length in range(1, min(65, columns - 30), 3):
        random_ = random.Random(seed + 1000 * choice + length)
        database, queries = a_database(random_, length)
        options = PackageOptions(**CHOICES[choice])
        folder = tmp_path / f"with_names_of_{length}"
        folder.mkdir()
        for file in render_package(plan_package(database.catalog, queries, options)):
            (folder / file.path).write_text(file.text)
            compile(file.text, file.path, "exec")
    ruff = [sys.executable, "-m", "ruff"]
    lines = ["--line-length", str(columns)]
    format_ = [*ruff, "format", "--isolated", "--no-cache", "--diff", *lines, str(tmp_path)]
    done = subprocess.run(format_, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[:4000] + done.stderr
    rules = ["--select", "F,I,E9,RUF022", *lines]
    lint = [*ruff, "check", "--isolated", "--no-cache", *rules, str(tmp_path)]
    done = subprocess.run(lint, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[:4000]

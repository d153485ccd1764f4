"""Reports whose cause is not in the text of a file, or not in these files alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command import sqlwright
from reporting import QUERIES, SCHEMA
from sqlwright.config import load_config
from sqlwright.diagnostics import text
from sqlwright.output import stale_files
from sqlwright.pipeline import generate_packages

PATHS = ("--schema", "schema.sql", "--queries", "queries.sql")


def provoked(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What sqlwright says in a folder where a code is due; KeyError for a code that a page can
    show by files alone.
    """
    (folder / "schema.sql").write_text(SCHEMA)
    (folder / "queries.sql").write_text(QUERIES)
    monkeypatch.chdir(folder)
    if code == "missing-package":
        monkeypatch.setitem(sys.modules, "watchfiles", None)
    if code == "stale-file":
        return _stale()
    arguments = _ARGUMENTS[code](folder)
    return sqlwright(folder, *arguments).stderr


def _stale() -> str:
    """As it would be shown if people were not shown a diff."""
    done = sqlwright(Path(), "generate", *PATHS)
    assert done.returncode == 0, done.stderr
    edited = Path("generated/queries.py")
    edited.write_text(edited.read_text().replace("-> int:", "-> str:"))
    config = load_config(Path()).overridden(Path(), PATHS[1:2], PATHS[3:], None)
    (plan,) = generate_packages(config)
    (found,) = stale_files(plan.changes, config.root)
    return f"{text.plain(text.render(found))}\n\n{text.summary([found])}\n"


def _foreign_file(folder: Path) -> list[str]:
    (folder / "generated").mkdir()
    (folder / "generated" / "models.py").write_text("class Author: ...\n")
    return ["generate", *PATHS]


def _hidden_module(folder: Path) -> list[str]:
    (folder / "generated" / "queries").mkdir(parents=True)
    (folder / "generated" / "queries" / "__init__.py").touch()
    return ["generate", *PATHS]


def _in_the_way(folder: Path) -> list[str]:
    (folder / "generated").write_text("")
    return ["generate", *PATHS]


def _not_utf8(folder: Path) -> list[str]:
    (folder / "queries.sql").write_bytes(QUERIES.encode() + b"SELECT 1; -- caf\xe9\n")
    return ["generate", *PATHS]


def _without_files(folder: Path) -> list[str]:
    (folder / "tables").mkdir()
    return ["generate", "--schema", "tables", "--queries", "queries.sql"]


def _link_in_a_circle(folder: Path) -> list[str]:
    (folder / "queries.sql").unlink()
    (folder / "queries").mkdir()
    (folder / "queries" / "authors.sql").write_text(QUERIES)
    (folder / "queries" / "books.sql").symlink_to("books.sql")
    return ["generate", "--schema", "schema.sql", "--queries", "queries"]


_ARGUMENTS: dict[str, Callable[[Path], list[str]]] = {
    "cannot-write": _in_the_way,
    "foreign-file": _foreign_file,
    "hidden-module": _hidden_module,
    "invalid-encoding": _not_utf8,
    "missing-package": lambda _: ["watch", *PATHS],
    "no-server": lambda _: ["verify", *PATHS, "--database-url", "postgresql://127.0.0.1:1/shop"],
    "no-sql-files": _without_files,
    "unknown-query": lambda _: ["explain", *PATHS, "Ona"],
    "unreadable-file": _link_in_a_circle,
}

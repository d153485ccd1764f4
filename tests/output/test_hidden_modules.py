"""A package in the folder of another one, which Python would import in place of a module."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlwright.config import Config, PackageConfig
from sqlwright.output import write
from sqlwright.pipeline import Plan, generate_packages

SCHEMA = "CREATE TABLE books (id int PRIMARY KEY);\n"
QUERIES = "-- name: {} :many\nSELECT id FROM books;\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "schema.sql").write_text(SCHEMA)
    (tmp_path / "books.sql").write_text(QUERIES.format("ListBooks"))
    (tmp_path / "prices.sql").write_text(QUERIES.format("ListPrices"))
    return tmp_path


def plans(project: Path, *outs: str) -> list[Plan]:
    """What would be made in the folders, of a query file each."""
    packages = [
        PackageConfig(schema=("schema.sql",), queries=(name,), out=out)
        for name, out in zip(("books.sql", "prices.sql"), outs, strict=False)
    ]
    return generate_packages(Config(project, tuple(packages)))


def refused(planned: list[Plan]) -> list[tuple[str, str]]:
    return [(item.code, item.message) for plan in planned for item in plan.diagnostics]


@pytest.mark.parametrize("name", ["books", "models", "querier", "_driver"])
def test_the_folder_of_another_package(project: Path, name: str) -> None:
    place = project / "db" / name
    message = f"Python would import the package {place} in place of {place}.py"
    assert refused(plans(project, "db", f"./db/{name}")) == [("hidden-module", message)]
    assert not (project / "db").exists()


def test_a_folder_of_somebody_else(project: Path) -> None:
    (project / "db" / "books").mkdir(parents=True)
    assert refused(plans(project, "db")) == []
    (project / "db" / "books" / "__init__.py").touch()
    ((code, _),) = refused(plans(project, "db"))
    assert code == "hidden-module"


def test_folders_of_other_names(project: Path) -> None:
    planned = plans(project, "db", "db/archive")
    assert refused(planned) == []
    write(*(plan.changes for plan in planned))
    assert all(plan.changes.empty for plan in plans(project, "db", "db/archive"))
    assert refused(plans(project, "archive/books", "db/books")) == []

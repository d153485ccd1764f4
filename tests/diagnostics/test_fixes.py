"""Every change that a report of the likely mistakes advises is made, and what comes of it read
again: none is refused.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import asyncpg
import pytest
from reporting import CONFIGURATIONS, QUERIES, SCHEMA
from sqlwright.config import Config, load_config
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.pipeline import generate_packages, inspect
from sqlwright.sql.foreign.advised import says_what
from sqlwright.sql.foreign.dialects import known_elsewhere, translations
from tools.extract_foreign_functions import FUNCTIONS, foreign_functions

ROOT = Path(__file__).parent.parent.parent
CASES = [
    *sorted((ROOT / "tests" / "cases" / "reports").glob("*/*")),
    *sorted((ROOT / "tests" / "cases" / "more_reports").glob("*/*")),
]
MORE_MISTAKES: dict[str, str] = {}
"""Where what is advised is right and does not suffice, each with the reason."""


def _diagnostics(folder: Path, files: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
    """The reports of a project, those of its configuration left out."""
    folder.mkdir()
    everything = {"schema.sql": SCHEMA.encode(), "queries.sql": QUERIES.encode(), **files}
    for name, data in everything.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    try:
        config = _configuration(folder, files)
        return tuple(found for plan in generate_packages(config) for found in plan.diagnostics)
    except DiagnosticError as error:
        return (error.diagnostic,)


def _configuration(folder: Path, files: Mapping[str, bytes]) -> Config:
    config = load_config(folder)
    if any(name in files for name in CONFIGURATIONS):
        return config
    queries = "queries" if (folder / "queries").is_dir() else "queries.sql"
    return config.overridden(folder, ("schema.sql",), (queries,), None)


def _files(case: Path) -> dict[str, bytes]:
    found = (path for path in case.rglob("*") if path.is_file() and path.name != "report.txt")
    return {path.relative_to(case).as_posix(): path.read_bytes() for path in found}


def _mended(files: Mapping[str, bytes], item: Diagnostic) -> dict[str, bytes]:
    """The files with the changes of a report made, the last first."""
    mended = {"schema.sql": SCHEMA.encode(), **files}
    for each in sorted(item.fix, key=lambda each: each.span.start, reverse=True):
        text = mended[each.span.source.path].decode()
        start, end = each.span.start, each.span.end
        mended[each.span.source.path] = f"{text[:start]}{each.text}{text[end:]}".encode()
    return mended


def _said(found: Iterable[Diagnostic]) -> set[tuple[str | None, str, str]]:
    return {(item.query, item.code, item.message) for item in found if item.severity == "error"}


Reports = Callable[[Path], tuple[Diagnostic, ...]]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """What is reported of a case as it stands, worked out once."""

    @cache
    def of(case: Path) -> tuple[Diagnostic, ...]:
        return _diagnostics(tmp_path_factory.mktemp("case") / "project", _files(case))

    return of


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_what_is_advised_is_accepted(case: Path, tmp_path: Path, reports: Reports) -> None:
    files = _files(case)
    before = reports(case)
    for number, item in enumerate(before):
        if not item.fix:
            continue
        after = _diagnostics(tmp_path / f"after{number}", _mended(files, item))
        print(f"{item.code}: {item.help}\n  leaves {_said(after) or 'nothing'}")
        assert _said(after) <= _said(before)
        assert (item.query, item.code, item.message) not in {
            (each.query, each.code, each.message) for each in after
        }
        if item.query is not None:
            assert item.query not in {query for query, _, _ in _said(after)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_what_names_a_change_has_been_tried(case: Path, reports: Reports) -> None:
    """No report says what to write without knowing that it would do."""
    untried = [
        item.help
        for item in reports(case)
        if item.sqlstate and item.help and says_what(item.help) and not item.fix
    ]
    assert bool(untried) == (case.name in MORE_MISTAKES), untried


def test_many_have_a_change(reports: Reports) -> None:
    found = [item for case in CASES for item in reports(case)]
    tried = sum(bool(item.fix) for item in found)
    print(f"{tried} of {len(found)} reports in {len(CASES)} cases name a change that was tried")
    assert tried >= 40


@pytest.mark.parametrize(
    ("text", "translated"), [("TRUNC(at, 'MM')", False), ("TRUNC(at, 'MONTH')", True)]
)
def test_a_moment_is_cut_off_at_what_postgresql_knows(text: str, translated: bool) -> None:
    assert bool(list(translations(f"SELECT {text} FROM visits", guess=True))) == translated


def test_functions_of_other_databases_are_those_that_sqlglot_translates() -> None:
    """Of the names written down, nearly all are of any version; those that this one has, all are
    known of the databases that are asked."""
    written = FUNCTIONS.read_text(encoding="utf-8").split()
    now = foreign_functions()
    print(f"{len(written)} are written down, {len(now)} known now, {len({*written, *now})} in all")
    assert written == sorted({*written})
    assert len({*written} & {*now}) > 0.9 * len(written)
    assert all(known_elsewhere(name.upper()) for name in ("dateadd", "count_if", "nvl", "ifnull"))
    assert not known_elsewhere("get_refill_value")


def test_what_is_not_tried_is_no_change(tmp_path: Path) -> None:
    """So many statements are looked into; the others have no changes that only can be read."""
    query = "-- name: Q{0} :many\nSELECT id FROM authors WHERE MATCH(name) AGAINST (@q);\n"
    found = _diagnostics(
        tmp_path / "project", {"queries.sql": "".join(map(query.format, range(50))).encode()}
    )
    assert len(found) == 50
    assert not any(item.fix for item in found)


def test_a_name_that_leads_nowhere_gives_way_to_a_definition(tmp_path: Path) -> None:
    query = "-- name: Q :one\nSELECT lenght(1);\n"
    (found,) = _diagnostics(tmp_path / "project", {"queries.sql": query.encode()})
    assert (found.help or "").startswith("define it in a schema file")


PROBE = """
import subprocess
import sys
from sqlwright.cli import main
sys.argv[1:] = {arguments!r}
try:
    main(prog_name="sqlwright")
except SystemExit:
    pass
print("sqlglot" in sys.modules, "sqlwright.project.fixes" in sys.modules, file=sys.stderr)
"""


@pytest.mark.long
@pytest.mark.parametrize(
    ("query", "imported"),
    [("SELECT id FROM books", "False False"), ("SELECT IFNULL(year, 0) FROM books", "True True")],
)
def test_a_plain_run_does_without_sqlglot(tmp_path: Path, query: str, imported: str) -> None:
    (tmp_path / "schema.sql").write_text(SCHEMA)
    (tmp_path / "queries.sql").write_text(f"-- name: One :many\n{query};\n")
    arguments = ["generate", "--schema", "schema.sql", "--queries", "queries.sql"]
    probe = PROBE.format(arguments=arguments)
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stderr.splitlines()[-1] == imported


async def test_postgresql_takes_what_is_advised(database: str, tmp_path: Path) -> None:
    """The changed schema is loaded, and its queries are prepared."""
    connection = await asyncpg.connect(database)
    refused: list[str] = []
    tried = 0
    try:
        for config, name in _mended_projects(tmp_path):
            tried += 1
            refused += [f"{name}: {each}" for each in await _refusals(connection, config)]
    finally:
        await connection.close()
    print(f"{tried - len(refused)} of {tried} changes are accepted by PostgreSQL")
    assert tried >= 60
    assert not refused, "\n".join(refused)


def _mended_projects(folder: Path) -> Iterator[tuple[Config, str]]:
    for number, case in enumerate(CASES):
        files = _files(case)
        for at, item in enumerate(_diagnostics(folder / f"before{number}", files)):
            mended = _mended(files, item)
            config = _config(folder / f"{number}_{at}", mended) if item.fix else None
            if config is not None:
                yield config, case.name


def _config(folder: Path, files: Mapping[str, bytes]) -> Config | None:
    """The configuration of a project in which nothing is wrong any more."""
    if any(item.severity == "error" for item in _diagnostics(folder, files)):
        return None
    return _configuration(folder, files)


async def _refusals(connection: asyncpg.Connection, config: Config) -> list[str]:
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute((config.root / "schema.sql").read_text())
        for package in inspect(config):
            for query in package.queries:
                await connection.prepare(query["sql"])
    except asyncpg.PostgresError as error:
        return [str(error)]
    finally:
        await transaction.rollback()
    return []

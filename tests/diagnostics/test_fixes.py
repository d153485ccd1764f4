"""Every change that a report of the likely mistakes advises is made, and what comes of it read
again: none is refused.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from reporting import CONFIGURATIONS, QUERIES, SCHEMA
from sqlwright.config import load_config
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.pipeline import generate_packages
from sqlwright.sql.foreign.advised import says_what

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
        config = load_config(folder)
        if not any(name in files for name in CONFIGURATIONS):
            queries = "queries" if (folder / "queries").is_dir() else "queries.sql"
            config = config.overridden(folder, ("schema.sql",), (queries,), None)
        return tuple(found for plan in generate_packages(config) for found in plan.diagnostics)
    except DiagnosticError as error:
        return (error.diagnostic,)


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


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_what_is_advised_is_accepted(case: Path, tmp_path: Path) -> None:
    files = _files(case)
    before = _diagnostics(tmp_path / "before", files)
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
def test_what_names_a_change_has_been_tried(case: Path, tmp_path: Path) -> None:
    """No report says what to write without knowing that it would do."""
    untried = [
        item.help
        for item in _diagnostics(tmp_path / "project", _files(case))
        if item.sqlstate and item.help and says_what(item.help) and not item.fix
    ]
    assert bool(untried) == (case.name in MORE_MISTAKES), untried


def test_many_have_a_change(tmp_path: Path) -> None:
    found = [
        item
        for number, case in enumerate(CASES)
        for item in _diagnostics(tmp_path / str(number), _files(case))
    ]
    tried = sum(bool(item.fix) for item in found)
    print(f"{tried} of {len(found)} reports in {len(CASES)} cases name a change that was tried")
    assert tried >= 40


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

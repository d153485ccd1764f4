"""The exact report for each of the likely mistakes: a folder of a topic in `tests/cases/reports`,
or in `more_reports`, is a project with one. docs/mistakes.md and docs/more-mistakes.md show all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from reporting import report

ROOT = Path(__file__).parent.parent.parent
CASES = ROOT / "tests" / "cases"
HEAD = """\
# Likely mistakes

What sqlwright says to the mistakes that are made most. Each is a test, so this is what you will
see. [More of them](more-mistakes.md), with those of people who come from other databases, are on a
page of their own.
`sqlwright explain CODE` says more about a report; [diagnostics](diagnostics.md) has all of them.

Where an example has no `schema.sql`, it is over the tables `authors` and `books` that are shown
[there](diagnostics.md).
"""
MORE = """\
# More mistakes

Mistakes whose fix is known: what a report here says to write has been tried, and a test makes every
such change and generates again. [Likely mistakes](mistakes.md) has the others.

What other databases write is told by [sqlglot](https://github.com/tobymao/sqlglot), which reads
their dialects. Only the parts are named that PostgreSQL refuses, and only where all of the
statement is accepted afterwards.

Where an example has no `schema.sql`, it is over the tables `authors` and `books` that are shown
[there](diagnostics.md).
"""


@dataclass(frozen=True)
class Page:
    """A page of mistakes: its head, and the headings of its topics."""

    head: str
    topics: dict[str, str]


PAGES = {
    "reports": Page(
        HEAD,
        {
            "names": "Names",
            "types": "Types",
            "syntax": "Syntax",
            "groups": "Groups",
            "writing": "Writing",
            "annotations": "Annotations and parameters",
            "files": "Schema, files and configuration",
        },
    ),
    "more_reports": Page(
        MORE,
        {
            "foreign": "From other databases",
            "types": "Types",
            "parameters": "Parameters",
            "syntax": "Syntax",
            "writing": "Writing",
        },
    ),
}
DOCS = {"reports": "mistakes.md", "more_reports": "more-mistakes.md"}


def _cases(page: str) -> list[Path]:
    topics = PAGES[page].topics
    return [case for topic in topics for case in sorted((CASES / page / topic).iterdir())]


def _files(case: Path) -> dict[str, bytes]:
    found = (path for path in case.rglob("*") if path.is_file() and path.name != "report.txt")
    return {path.relative_to(case).as_posix(): path.read_bytes() for path in sorted(found)}


@pytest.mark.parametrize("page", PAGES)
def test_every_topic_is_known(page: str) -> None:
    assert {path.name for path in (CASES / page).iterdir()} == PAGES[page].topics.keys()


@pytest.mark.parametrize(
    "case",
    [case for page in PAGES for case in _cases(page)],
    ids=lambda case: f"{case.parent.name}/{case.name}",
)
def test_report(case: Path, tmp_path: Path, golden: Callable[[Path, str], None]) -> None:
    """Generating reports the mistake; with an error it writes nothing."""
    said = report(tmp_path, _files(case), only="a_path" in case.name)
    golden(case / "report.txt", said)
    assert said
    assert (tmp_path / "generated").exists() == ("error[" not in said)


def test_there_are_enough() -> None:
    assert len(_cases("reports")) >= 60
    assert len(_cases("more_reports")) >= 60
    assert len(list((CASES / "more_reports" / "foreign").iterdir())) >= 10


@pytest.mark.parametrize("page", PAGES)
def test_the_page_shows_every_report(page: str, golden: Callable[[Path, str], None]) -> None:
    text = "\n".join([PAGES[page].head, *_sections(page)])
    golden(ROOT / "docs" / DOCS[page], text)


def _sections(page: str) -> Iterator[str]:
    for topic, title in PAGES[page].topics.items():
        yield f"## {title}\n"
        for case in sorted((CASES / page / topic).iterdir()):
            yield f"### {_heading(case.name)}\n"
            yield from (_block(name, data) for name, data in _files(case).items())
            said = (case / "report.txt").read_text(encoding="utf-8")
            yield f"```text\n{said.rstrip()}\n```\n"


_PROPER = {"utf 8": "UTF-8", "json": "JSON", "sql server": "SQL Server", "mysql": "MySQL"}
_PROPER |= {"sqlite": "SQLite", "oracle": "Oracle"}


def _heading(name: str) -> str:
    heading = name.replace("_", " ")
    for word, written in _PROPER.items():
        heading = re.sub(rf"\b{word}\b", written, heading)
    return f"{heading[0].upper()}{heading[1:]}"


def _block(name: str, data: bytes) -> str:
    kind = {"sql": "sql", "toml": "toml"}[name.rpartition(".")[2]]
    text = data.decode("utf-8", errors="replace").rstrip()
    return f"```{kind} {name}\n{text}\n```\n"

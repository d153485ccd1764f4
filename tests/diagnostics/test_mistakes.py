"""The exact report for each of the likely mistakes: a folder of a topic in `tests/cases/reports`
is a project with one. docs/mistakes.md shows them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reporting import report

ROOT = Path(__file__).parent.parent.parent
CASES = ROOT / "tests" / "cases" / "reports"
TOPICS = {
    "names": "Names",
    "types": "Types",
    "syntax": "Syntax",
    "groups": "Groups",
    "writing": "Writing",
    "annotations": "Annotations and parameters",
    "files": "Schema, files and configuration",
}
HEAD = """\
# Likely mistakes

What sqlwright says to the mistakes that are made most. Each is a test, so this is what you will
see.
`sqlwright explain CODE` says more about a report; [diagnostics](diagnostics.md) has all of them.

Where an example has no `schema.sql`, it is over the tables `authors` and `books` that are shown
[there](diagnostics.md).
"""


def _cases() -> list[Path]:
    return [case for topic in TOPICS for case in sorted((CASES / topic).iterdir())]


def _files(case: Path) -> dict[str, bytes]:
    found = (path for path in case.rglob("*") if path.is_file() and path.name != "report.txt")
    return {path.relative_to(case).as_posix(): path.read_bytes() for path in sorted(found)}


def test_every_topic_is_known() -> None:
    assert {path.name for path in CASES.iterdir()} == TOPICS.keys()


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case.parent.name}/{case.name}")
def test_report(case: Path, tmp_path: Path, golden: Callable[[Path, str], None]) -> None:
    """Generating reports the mistake; with an error it writes nothing."""
    said = report(tmp_path, _files(case), only="a_path" in case.name)
    golden(case / "report.txt", said)
    assert said
    assert (tmp_path / "generated").exists() == ("error[" not in said)


def test_there_are_enough() -> None:
    assert len(_cases()) >= 60


def test_the_page_shows_every_report(golden: Callable[[Path, str], None]) -> None:
    golden(ROOT / "docs" / "mistakes.md", "\n".join([HEAD, *_sections()]))


def _sections() -> Iterator[str]:
    for topic, title in TOPICS.items():
        yield f"## {title}\n"
        for case in sorted((CASES / topic).iterdir()):
            heading = case.name.replace("_", " ").replace("utf 8", "UTF-8")
            yield f"### {heading[0].upper()}{heading[1:]}\n"
            yield from (_block(name, data) for name, data in _files(case).items())
            said = (case / "report.txt").read_text(encoding="utf-8")
            yield f"```text\n{said.rstrip()}\n```\n"


def _block(name: str, data: bytes) -> str:
    kind = {"sql": "sql", "toml": "toml"}[name.rpartition(".")[2]]
    text = data.decode("utf-8", errors="replace").rstrip()
    return f"```{kind} {name}\n{text}\n```\n"

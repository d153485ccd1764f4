"""Each code has a page whose report is what sqlwright says to the page's example."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from provoking import provoked
from reporting import SCHEMA, report
from sqlwright.diagnostics import CODES, pages

ROOT = Path(__file__).parent.parent.parent
FOLDER = Path(pages.__file__).parent / "pages"
SOURCES = ROOT / "generator" / "sqlwright"
DEPENDS_ON_PYTHON = "statement-too-complex"
"""How deep is too deep, and so the place that is shown, differs between versions of Python."""

_BLOCK = re.compile(r"^```(\w+)(?: ([\w.]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_used(code: str) -> None:
    """Codes are constants in the source; the type checker refuses any that is not listed."""
    places = [path for path in SOURCES.rglob("*.py") if path.name != "codes.py"]
    assert any(f'"{code}"' in path.read_text(encoding="utf-8") for path in places)


@pytest.mark.parametrize("code", CODES)
def test_the_page_shows_what_is_said(
    code: str,
    tmp_path: Path,
    golden: Callable[[Path, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = FOLDER / f"{code}.md"
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {code}\n\n")
    files = {name: body for _, name, body in _BLOCK.findall(text) if name}
    if code == DEPENDS_ON_PYTHON:
        return
    said = report(tmp_path, files) if files else provoked(code, tmp_path, monkeypatch)
    assert set(re.findall(r"^(?:error|warning|note)\[([\w-]+)\]", said, re.MULTILINE)) == {code}, (
        said
    )
    shown = re.sub(r"^```text\n.*?^```$", lambda _: f"```text\n{said}```", text, flags=re.M | re.S)
    golden(path, shown)


def test_the_reference_has_every_page(golden: Callable[[Path, str], None]) -> None:
    assert SCHEMA in pages.reference()
    golden(ROOT / "docs" / "diagnostics.md", pages.reference())


def test_a_page_in_the_terminal() -> None:
    text = pages.page("unknown-type")
    assert text is not None
    shown = pages.for_terminal(text)
    assert "```" not in shown
    assert shown.startswith("unknown-type\n\nThere is no type of that name.\n")
    assert "\nqueries.sql:\n\n    -- name: Example :many\n" in shown


def test_no_page_for_what_is_no_code() -> None:
    assert pages.page("../codes") is None

"""Every snippet of the documentation is run, or compared with what is generated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from snippets import Project, blocks

ROOT = Path(__file__).parent.parent.parent
MADE_BY_TESTS = {"diagnostics.md", "mistakes.md", "more-mistakes.md", "proof-rules.md"}
"""Pages that other tests write whole."""
PAGES = [
    ROOT / "README.md",
    *sorted(path for path in (ROOT / "docs").glob("*.md") if path.name not in MADE_BY_TESTS),
    *sorted((ROOT / "docs" / "examples").glob("*/README.md")),
]


def _name(page: Path) -> str:
    return page.parent.name if "examples" in page.parts else page.stem


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_snippets(
    page: Path, tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 0
    project = None
    for block in blocks(page.read_text(encoding="utf-8")):
        if project is None or block.kind == "reset":
            count += 1
            folder = tmp_path / str(count)
            folder.mkdir()
            project = Project(folder, database)
            monkeypatch.chdir(folder)
            monkeypatch.syspath_prepend(folder)
        if block.kind == "reset":
            if block.name == "the worked example":
                project.copy_example(ROOT)
            elif block.name == "the example":
                project.shows = page.parent
            continue
        print(f"{page.name}:{block.line}: {block.kind} {block.name}")
        project.take(block)


@pytest.mark.parametrize(
    "page",
    [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))],
    ids=_name,
)
def test_links(page: Path) -> None:
    """Links within the repository lead somewhere, those to a heading to one of that very page."""
    for target in re.findall(r"\]\(([^)\s]+)\)", _without_blocks(page)):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        linked = page.parent / path if path else page
        assert linked.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", _without_blocks(linked), re.MULTILINE)
            assert anchor in map(_anchor, headings), target


def _without_blocks(page: Path) -> str:
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)


def _anchor(heading: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.replace(" ", "-")


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").rglob("*.md"):
        path = page.relative_to(ROOT / "docs").as_posix()
        assert path == "README.md" or f"({path})" in index, path

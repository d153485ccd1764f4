"""Every snippet of the documentation is run, or compared with what is generated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from snippets import Project, blocks

ROOT = Path(__file__).parent.parent.parent
MADE_BY_TESTS = {"diagnostics.md", "mistakes.md"}
"""Pages that other tests write whole."""
PAGES = [
    ROOT / "README.md",
    *sorted(path for path in (ROOT / "docs").glob("*.md") if path.name not in MADE_BY_TESTS),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
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
            continue
        print(f"{page.name}:{block.line}: {block.kind} {block.name}")
        project.take(block)


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.stem)
def test_links(page: Path) -> None:
    """Links within the repository lead somewhere."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    headings = {
        _anchor(heading)
        for target in (ROOT / "docs").glob("*.md")
        for heading in re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
    }
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        assert not path or (page.parent / path).exists(), target
        assert not anchor or anchor in headings, target


def _anchor(heading: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.replace(" ", "-")


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert page.name == "README.md" or f"({page.name})" in index, page.name

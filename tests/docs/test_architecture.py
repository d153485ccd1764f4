"""What the page on the architecture names is there, and what is there it names."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "generator" / "sqlwright"
PAGE = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")

WORDS = set(re.findall(r"`([\w./]+)`", PAGE))


def _layers(name: str) -> set[str]:
    """The layers of a contract, those that stand side by side one by one."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (contract,) = [each for each in contracts if each["name"] == name]
    return {word for layer in contract["layers"] for word in re.split(r"[ |:]+", layer)}


def test_every_place_that_the_page_names_is_there() -> None:
    named = {
        each for each in WORDS if "/" in each and not each.startswith(("tests/", "generator/"))
    }
    missing = {each for each in named if not (PACKAGE / each).exists()}
    missing |= {
        each
        for each in WORDS
        if each.startswith(("tests/", "generator/")) and not (ROOT / each).exists()
    }
    print(f"{len(named)} places")
    assert len(named) > 20
    assert not missing


def test_the_page_names_every_layer_of_the_package() -> None:
    assert not _layers("One direction") - WORDS


def test_the_page_names_every_folder_of_the_large_layers() -> None:
    for layer in ("sql", "catalog", "analysis"):
        folders = {each.parent.name for each in (PACKAGE / layer).glob("*/__init__.py")}
        named = {each for word in WORDS for each in word.split("/")}
        assert not folders - named, layer


def test_the_page_draws_every_floor_of_nullability() -> None:
    floors = _layers("Nullability rests on what is simpler")
    picture = PAGE[PAGE.index("## The rooms of nullability") :]
    assert not {each for each in floors if each not in picture}

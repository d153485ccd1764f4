"""What a package index shows has no links that lead nowhere; the pages come with the package."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from command import sqlwright
from sqlwright import version

ROOT = Path(__file__).parents[2]


def published(monkeypatch: pytest.MonkeyPatch) -> str:
    """The README that the hook gives to hatchling, which development does without."""
    interface: Any = ModuleType("hatchling.metadata.plugin.interface")
    interface.MetadataHookInterface = SimpleNamespace().__class__
    monkeypatch.setitem(sys.modules, "hatchling.metadata.plugin.interface", interface)
    spec = importlib.util.spec_from_file_location(
        "published_readme", ROOT / "generator" / "published_readme.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    metadata: dict[str, Any] = {}
    module.CustomMetadataHook(root=str(ROOT)).update(metadata)
    assert metadata["readme"]["content-type"] == "text/markdown"
    return str(metadata["readme"]["text"])


def test_no_link_leads_into_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    own = (ROOT / "README.md").read_text(encoding="utf-8")
    relative = re.findall(r"\]\((?!https?:)([^)]+)\)", own)
    text = published(monkeypatch)
    print(f"{len(relative)} links into the repository")
    assert relative
    assert not re.findall(r"\]\((?!https?:)[^)]+\)", text)
    for path in relative:
        assert (ROOT / path).is_file()
        assert f"`{path}`" in text


def test_the_pages_come_with_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    targets = project["tool"]["hatch"]["build"]["targets"]
    assert targets["wheel"]["force-include"]["docs"] == "sqlwright/docs"
    hooks = [
        each["hooks"]["custom"]["path"]
        for each in (project["tool"]["hatch"]["metadata"], targets["wheel"])
    ]
    # What a wheel is made of has to be in the archive of the sources too.
    archive = set(targets["sdist"]["include"])
    assert {"docs", "generator/compiling", "README.md", *hooks} <= archive
    assert all((ROOT / each).exists() for each in archive)


def test_help_says_where_the_pages_are(tmp_path: Path) -> None:
    pages = Path(version.__file__).parent / "docs"
    shown = sqlwright(tmp_path, "--help").stdout
    assert ("The pages of the documentation are in" in shown) == pages.is_dir()

"""The pages and files made of the options are up to date."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlwright.config import load_config
from sqlwright.config.options import OPTIONS, json_schema
from sqlwright.config.reference import reference
from sqlwright.diagnostics import DiagnosticError

DOCS = Path(__file__).parent.parent.parent / "docs"


def test_the_schema_for_editors(golden: Callable[[Path, str], None]) -> None:
    golden(DOCS / "sqlwright.schema.json", json.dumps(json_schema(), indent=2) + "\n")


def test_the_page_of_the_options(golden: Callable[[Path, str], None]) -> None:
    golden(DOCS / "configuration.md", reference())


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_what_the_schema_forbids_is_refused(tmp_path: Path, option: Any) -> None:
    """The kinds of values in the schema are those that are read."""
    wrong = {"boolean": '"yes"', "integer": "-1"}.get(option.schema.get("type", ""), "17.5")
    (tmp_path / "sqlwright.toml").write_text(f"{option.name} = {wrong}\n")
    with pytest.raises(DiagnosticError) as caught:
        load_config(tmp_path)
    assert caught.value.diagnostic.code == "invalid-config"
    assert option.name in caught.value.diagnostic.message


def test_unknown_options_are_refused_at_every_level(tmp_path: Path) -> None:
    for text in (
        "querys = []\n",
        "[[packages]]\nquerys = []\n",
        "[json]\nlibary = 'orjson'\n",
        "[renames.feilds]\na = 'b'\n",
        "[[overrides]]\ncolum = 'a.b'\n",
    ):
        (tmp_path / "sqlwright.toml").write_text(text)
        with pytest.raises(DiagnosticError) as caught:
            load_config(tmp_path)
        assert caught.value.diagnostic.code == "unknown-option", text
        assert (caught.value.diagnostic.help or "").startswith("did you mean"), text
        assert caught.value.diagnostic.labels, text

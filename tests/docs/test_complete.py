"""Everything that can be written is documented."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from sqlwright.cli import main
from sqlwright.sql.annotation.annotations import COMMANDS
from sqlwright.sql.annotation.markers import MACROS
from sqlwright.sql.annotation.null_words import DIRECTIVES

DOCS = Path(__file__).parent.parent.parent / "docs"


def page(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(main.commands))
def test_commands_and_their_options(command: str) -> None:
    text = page("tools")
    assert f"| `{command}` |" in text
    for option in main.commands[command].params:
        if isinstance(option, click.Option):
            assert any(f"`{name}" in text for name in option.opts), option.opts


@pytest.mark.parametrize("word", COMMANDS)
def test_commands_of_annotations(word: str) -> None:
    assert f"`:{word}`" in page("queries")


@pytest.mark.parametrize("name", sorted(MACROS))
def test_markers(name: str) -> None:
    assert f"`sqlc.{name}(" in page("queries")


@pytest.mark.parametrize("word", sorted(DIRECTIVES))
def test_words_in_comments(word: str) -> None:
    pages = page("queries") + page("types")
    assert re.search(rf"@{word}\b", pages)

"""The names that code uses, whatever script they are in."""

from __future__ import annotations

import pytest
from sqlwright.codegen.code_words import words


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("list[GetRow | None]", ["list", "GetRow", "None"]),
        ("decode(row.name, of=other)", ["decode", "row", "other"]),
        ('text("a b", 12)', ["text"]),
        ("list[A·bParams]", ["list", "A·bParams"]),
        ("हिन्दी_row(größe2)", ["हिन्दी_row", "größe2"]),
    ],
)
def test_names(code: str, names: list[str]) -> None:
    assert list(words(code)) == names
    assert all(name.isidentifier() for name in names)

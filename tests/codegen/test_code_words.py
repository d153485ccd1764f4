"""The names that code uses, whatever script they are in."""

from __future__ import annotations

import re
import sys

import pytest
from sqlwright.codegen.code_words import PART, words


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


def test_a_character_of_a_name_is_any_that_is_not_ascii_or_one_of_a_word() -> None:
    part = re.compile(PART)
    assert not [
        each
        for each in map(chr, range(sys.maxunicode + 1))
        if bool(part.fullmatch(each)) != (each > "\x7f" or each.isalnum() or each == "_")
    ]

"""What is kept of spellings changes no token, and is bounded."""

from __future__ import annotations

from sqlwright.source import SourceFile
from sqlwright.sql.lexing import spellings
from sqlwright.sql.lexing.lexer import tokenize


def _told(text: str) -> list[tuple[object, ...]]:
    names = ("kind", "text", "value", "start", "end", "keyword", "category", "symbol")
    return [tuple(getattr(each, name) for name in names) for each in tokenize(SourceFile("", text))]


def test_more_spellings_than_are_kept() -> None:
    text = " ".join(f"name_{at} = 'text {at}' AND" for at in range(15_000))
    long = "SELECT " + "x" * 100
    spellings.KNOWN.clear()
    first = _told(text)
    print(f"{len(first)} tokens, {len(spellings.KNOWN)} spellings kept")
    assert 0 < len(spellings.KNOWN) <= 10_000
    assert _told(text) == first
    _told(long)
    assert all(len(piece) <= 60 for piece in spellings.KNOWN)


def test_what_is_known_makes_the_tokens_of_what_is_not() -> None:
    for text in ("a NOT IN (1)", "x NULLS FIRST", "-1+-2", "'a' 'b'", "E'\\n'", '"A"."b"', "1.5e3"):
        spellings.KNOWN.clear()
        assert _told(text) == _told(text)

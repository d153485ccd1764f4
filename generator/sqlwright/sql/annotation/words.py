"""Words that a comment says of a query: `-- @optional author_id, (low, high)`.

What stands behind a word stays a stretch of text here; those who know its meaning read it, by
`named_groups` where it is a list of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sqlwright.patterns import pattern
from sqlwright.source import SourceFile, Span
from sqlwright.sql.statements import Word

WORDS: tuple[str, ...] = (
    *("allow", "fields", "omit", "optional", "page", "params", "partial", "row", "rows", "sort"),
)
"""The words of a query as a whole, apart from those on its columns."""

_WORD = pattern(r"--[ \t]*@(?P<word>\w+)\b[ \t]*", re.IGNORECASE)
_NAME = r'(?:"(?:[^"]|"")+"|[^\s,()"]+)'
_GROUP = pattern(rf"\s*(?:\(\s*(?P<several>{_NAME}(?:\s*,\s*{_NAME})*)\s*\)|(?P<one>{_NAME}))\s*")
_EACH = pattern(_NAME)


def read_word(source: SourceFile, start: int, end: int) -> Word | None:
    """The word in a comment, and what stands behind it; None if it says none of `WORDS`."""
    found = _WORD.match(source.text, start, end)
    if found is None or found["word"].lower() not in WORDS:
        return None
    said = Span(source, found.start("word") - 1, found.end("word"))
    behind = source.text[found.end() : end].rstrip()
    return Word(found["word"].lower(), said, Span(source, found.end(), found.end() + len(behind)))


def words_named(name: str, words: Iterable[Word]) -> tuple[Word, ...]:
    """Those that are one word, as often as it is said."""
    return tuple(word for word in words if word.name == name)


def named_groups(said: Span) -> list[tuple[Span, ...]] | None:
    """The names of a list such as `a, (b, c)`, those in parentheses together; None if the text is
    no such list. An empty text is an empty list."""
    text, at = said.source.text, said.start
    groups: list[tuple[Span, ...]] = []
    while at < said.end:
        found = _GROUP.match(text, at, said.end)
        if found is None:
            return None
        groups.append(tuple(_names(said.source, found)))
        at = found.end()
        if at < said.end:
            if text[at] != "," or at + 1 == said.end:
                return None
            at += 1
    return groups


def _names(source: SourceFile, found: re.Match[str]) -> Iterator[Span]:
    group = "one" if found["several"] is None else "several"
    for each in _EACH.finditer(source.text, *found.span(group)):
        yield Span(source, each.start(), each.end())


def name_in(span: Span) -> str:
    """A name as PostgreSQL reads it: small letters where it is not quoted."""
    text = span.text
    return text[1:-1].replace('""', '"') if text.startswith('"') else text.lower()

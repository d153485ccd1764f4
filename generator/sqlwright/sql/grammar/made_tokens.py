"""Tokens that stand in no text, which repairs put in, and the changes of a text that make them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.diagnostics import Edit
from sqlwright.source import SourceFile, Span
from sqlwright.sql.lexing.keywords import KEYWORDS
from sqlwright.sql.lexing.tokens import Token

Tokens = Sequence[Token]

_TIGHT = (",", ")", ";")
"""What follows the text before it without a space."""


def symbol(text: str, where: int) -> Token:
    """Punctuation at a place."""
    return Token("symbol", text, text, where, where, symbol=text)


def any_name(where: int) -> Token:
    """A name that only holds a place."""
    return Token("word", "x", "x", where, where)


def keyword(word: str, token: Token) -> Token:
    """A keyword in a token's place."""
    found = KEYWORDS[word]
    return Token(
        "word", token.text, word, token.start, token.end, word, found.category, found.bare_label
    )


def quoted(token: Token) -> Token:
    """The name in double quotes that a word would be."""
    return Token("quoted", token.text, token.value, token.start, token.end)


def text(token: Token) -> Token:
    """The text in single quotes that a name in double ones would be."""
    return Token("string", token.text, token.value, token.start, token.end)


def edits(source: SourceFile, tokens: Tokens, changed: Tokens) -> tuple[Edit, ...]:
    """The changes of a text that make the changed tokens of its tokens; none where one of them only
    holds a place."""
    found: list[Edit] = []
    for removed, made, before in _differences(tokens, changed):
        if any(each.kind == "word" and not each.keyword for each in made):
            return ()
        written = " ".join(_written(each) for each in made)
        if removed:
            place = Span(source, removed[0].start, removed[-1].end)
        else:
            place = Span(source, before, before)
            written = written if written in _TIGHT or not before else f" {written}"
        if not written and place.start and source.text[place.start - 1] == " ":
            place = Span(source, place.start - 1, place.end)
        found.append(Edit(place, written))
    return tuple(found)


def _differences(tokens: Tokens, changed: Tokens) -> Iterator[tuple[Tokens, Tokens, int]]:
    """The tokens that are gone, those that are made, and where the text before them ends."""
    old, new = {id(each) for each in tokens}, {id(each) for each in changed}
    at = there = 0
    while at < len(tokens) or there < len(changed):
        first, made_first = at, there
        while at < len(tokens) and id(tokens[at]) not in new:
            at += 1
        while there < len(changed) and id(changed[there]) not in old:
            there += 1
        if at > first or there > made_first:
            before = tokens[first - 1].end if first else tokens[0].start
            yield tokens[first:at], changed[made_first:there], before
        at, there = at + 1, there + 1


def _written(token: Token) -> str:
    if token.kind == "quoted":
        return '"' + token.value.replace('"', '""') + '"'
    if token.kind == "string":
        return "'" + token.value.replace("'", "''") + "'"
    return token.keyword.upper() or token.symbol or token.text

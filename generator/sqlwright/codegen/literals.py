"""Texts of a schema or a query as they stand in Python source: no character of them is code."""

from __future__ import annotations

from unicodedata import category

from sqlwright.patterns import pattern

_IN_DIRECTION = frozenset("\u200c\u200d")
"""Joiners, which Persian and emoji are written with."""

_PLAIN_COMMENT = pattern(r"(?!(?:noqa|nosec|nopycln)\b)\w[\w $-]*")


def escaped(text: str) -> str:
    """The text with backslashes doubled, and as an escape every character that cannot be seen or
    that turns the direction of what is around it. Line ends and tabs stay."""
    doubled = text.replace("\\", "\\\\")
    if doubled.isascii() and doubled.replace("\n", "").replace("\t", "").isprintable():
        return doubled
    return "".join(map(_shown, doubled))


def _shown(character: str) -> str:
    if character in "\n\t" or character.isprintable() or character in _IN_DIRECTION:
        return character
    if category(character) == "Zs":
        return character
    if character == "\r":
        return "\\r"
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def text_literal(text: str) -> str:
    """Text as a string literal on one line, in the quotes that need fewer escapes."""
    body = escaped(text).replace("\n", "\\n").replace("\t", "\\t")
    if '"' in body and "'" not in body:
        return f"'{body}'"
    return '"' + body.replace('"', '\\"') + '"'


def comment_text(name: str, otherwise: str) -> str:
    """A name as a comment behind code; `otherwise` where tools would take it for a word of theirs
    (`noqa`, `type: ignore`), or where it is more than a line."""
    plain = _PLAIN_COMMENT.fullmatch(name) and name.isprintable()
    return name if plain else otherwise

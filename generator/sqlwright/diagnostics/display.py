"""How source text appears in an excerpt: in columns of a terminal, and with nothing in it that a
terminal would obey.
"""

from __future__ import annotations

import unicodedata

from sqlwright.patterns import pattern

TAB = "    "
_ELLIPSIS = "..."
LONGEST = 140
"""Characters of a source line that are shown at most."""
_CONTEXT = 20
"""Characters kept beside a place that is wider than what can be shown."""

NARROWEST = 30
"""Columns below which breaking a text makes it no easier to read."""
_LAID_OUT = pattern(r"^ | {2}")
_WORDS = pattern(r"(?:`[^`]*`|[^\s])+")

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_C1_CONTROLS = dict.fromkeys(range(0x80, 0xA0), "\ufffd")
_UNDECODED = dict.fromkeys(range(0xDC80, 0xDD00), "\ufffd")
"""Bytes of a file's name that are not UTF-8, as Python carries them."""
_DIRECTIONS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")
_SHOWN = _PICTURES | _C1_CONTROLS | _DIRECTIONS | _UNDECODED | {ord("\t"): TAB}
_INVISIBLE = {"Mn", "Me", "Cf"}


def shown(text: str) -> str:
    """The text with control characters as pictures of them. Those that change the direction of
    writing go too: they can make code look like other code.
    """
    return text.translate(_SHOWN)


def shown_lines(text: str) -> str:
    """`shown` for a text of several lines."""
    return "\n".join(shown(line) for line in text.split("\n"))


def width(text: str) -> int:
    """How many columns of a terminal a text takes: two for wide characters of East Asia and for
    pictures, none for marks that combine with the character before.
    """
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def wrapped(line: str, room: int) -> list[str]:
    """The line in parts that take no more columns than there is room for, broken between words.
    What stands between backticks stays together if it can, to be copied. A line that is laid out
    by blanks stays as it is, and so does a word that is too long.
    """
    if width(line) <= room or room < NARROWEST or _LAID_OUT.search(line):
        return [line]
    words = [
        word
        for run in _WORDS.findall(line)
        for word in ([run] if width(run) <= room else run.split(" "))
    ]
    parts = [words[0]]
    for word in words[1:]:
        longer = f"{parts[-1]} {word}"
        if width(longer) <= room:
            parts[-1] = longer
        else:
            parts.append(word)
    return parts


def _columns(character: str) -> int:
    if unicodedata.category(character) in _INVISIBLE:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def window(line: str, first: int, last: int) -> tuple[int, int]:
    """Which characters of a long line to show, so that those from `first` up to `last` are seen,
    or as many of them as there is room for.
    """
    if len(line) <= LONGEST:
        return 0, len(line)
    last = min(last, first + LONGEST - 2 * _CONTEXT)
    spare = LONGEST - (last - first)
    start = max(0, first - spare // 2)
    end = min(len(line), start + LONGEST)
    return max(0, end - LONGEST), end


def excerpt(line: str, start: int, end: int) -> str:
    """The characters from `start` up to `end`, with dots where something is left out."""
    before = _ELLIPSIS if start > 0 else ""
    after = _ELLIPSIS if end < len(line) else ""
    return f"{before}{shown(line[start:end])}{after}"


def columns(line: str, start: int, first: int, last: int) -> tuple[int, int]:
    """Where the characters from `first` up to `last` begin in the excerpt from `start` on, and how
    wide they are: in columns, at least one.
    """
    dots = len(_ELLIPSIS) if start > 0 else 0
    before = dots + width(shown(line[start:first]))
    return before, max(width(shown(line[first:last])), 1)

"""The part of a migration file that leads forward; the way back is blanked out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlwright.patterns import pattern
from sqlwright.source import SourceFile
from sqlwright.sql.lexing.psql_text import blanked

_MARKER = pattern(
    r"""^[ \t]*(?:
        --[ \t]*\+goose[ \t]+(?P<goose>up|down)\b
      | --[ \t]*\+migrate[ \t]+(?P<migrate>up|down)\b
      | --[ \t]*migrate:(?P<dbmate>up|down)\b
      | --[ \t]*rambler[ \t]+(?P<rambler>up|down)\b
      | --[ \t]*(?P<node>up|down)[ \t]+migration\b
      | (?:\#|--)[ \t]*-*[ \t]*!(?P<play>ups|downs)\b
      | ----[ \t]*create[ \t]above[ \t]*/[ \t]*drop[ \t]below[ \t]*----
      | --[ \t]*//@(?P<undo>undo)\b
    )[^\n]*""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_WORDS = (
    *("+goose", "+migrate", "migrate:", "rambler", "migration", "!ups", "!downs", "above"),
    "//@undo",
)
"""In every marker there is one of these."""
_ATLAS = pattern(r"\A\s*--[ \t]*atlas:txtar\b")
_ATLAS_SECTION = pattern(r"^--[ \t]*(\S+\.sql)[ \t]*--[ \t]*$", re.MULTILINE)


def up_part(source: SourceFile) -> SourceFile:
    """The source with everything blank that does not belong to the up part.

    The marks are those of goose, sql-migrate, dbmate, tern, rambler, node-pg-migrate, Play, MyBatis
    and Atlas; a file without any is all up part.
    """
    if _ATLAS.match(source.text):
        return _atlas(source)
    pieces: list[str] = []
    at, forward = 0, True
    for marker in _markers(source.text):
        text = source.text[at : marker.start()]
        pieces.append(text if forward else blanked(text))
        pieces.append(blanked(marker[0]))
        direction = next((each for each in marker.groups() if each), "down").lower()
        forward = direction.startswith("up")
        at = marker.end()
    if not pieces:
        return source
    rest = source.text[at:]
    pieces.append(rest if forward else blanked(rest))
    return SourceFile(source.path, "".join(pieces))


def _markers(text: str) -> Iterator[re.Match[str]]:
    lower = text.lower()
    # What is not ASCII may be a capital of a letter in these words that `lower` does not know.
    if text.isascii() and not any(word in lower for word in _WORDS):
        return iter(())
    return _MARKER.finditer(text)


def _atlas(source: SourceFile) -> SourceFile:
    """An archive of several files in one, of which `migration.sql` counts."""
    pieces: list[str] = []
    at, wanted = 0, False
    for section in _ATLAS_SECTION.finditer(source.text):
        text = source.text[at : section.start()]
        pieces.append(text if wanted else blanked(text))
        pieces.append(blanked(section[0]))
        wanted = section[1] == "migration.sql"
        at = section.end()
    rest = source.text[at:]
    pieces.append(rest if wanted else blanked(rest))
    return SourceFile(source.path, "".join(pieces))

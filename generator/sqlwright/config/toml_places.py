"""Where the keys of a TOML document stand, which its parser does not tell (toml.io, v1.0.0)."""

from __future__ import annotations

import re
from functools import lru_cache

from sqlwright.dataclass import dataclass, field
from sqlwright.patterns import pattern

Path = tuple[str | int, ...]
"""The keys that lead to a value, and the places in lists, counted from 0."""

_TOKEN = pattern(
    r"""
    (?P<passed>[ \t\r]+|\#[^\n]*)
    |(?P<end>\n)
    |(?P<text>\"{3}(?:[^\\]|\\.)*?\"{3,5}|'{3}.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')
    |(?P<mark>[\[\]{},=.])
    |(?P<word>[^\s\[\]{},=."'\#]+)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A key, or an item of a list: what leads to it, where it stands, and where its value does."""

    path: Path
    start: int
    end: int
    value: tuple[int, int] | None = None


@lru_cache(maxsize=4)
def toml_places(text: str) -> tuple[Place, ...]:
    """Every key that is written out in a document that the parser has taken, in order."""
    return tuple(_Scanner(text).document())


@dataclass(slots=True)
class _Scanner:
    """A walk over the tokens of a document that is known to be right."""

    text: str
    places: list[Place] = field(default_factory=list)
    _tokens: list[re.Match[str]] = field(default_factory=list)
    _at: int = 0
    _counts: dict[Path, int] = field(default_factory=dict)

    def document(self) -> list[Place]:
        self._tokens = [each for each in _TOKEN.finditer(self.text) if each.lastgroup != "passed"]
        table: Path = ()
        while self._at < len(self._tokens):
            if self._accept("\n"):
                continue
            table = self._header() if self._accept("[") else self._pair(table)
        return self.places

    def _shown(self) -> str:
        """The token at hand; nothing at the end of the text."""
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _accept(self, *marks: str) -> bool:
        found = self._shown() in marks
        self._at += found
        return found

    def _header(self) -> Path:
        """After `[`: the path of the table that follows; of a list of tables, the next item."""
        several = self._accept("[")
        start, end, names = self._key()
        while self._accept("]"):
            pass
        path = self._resolved(names[:-1])
        if several:
            count = self._counts.get((*path, names[-1]), -1) + 1
            self._counts[*path, names[-1]] = count
            if count == 0:
                self._add((*path, names[-1]), start, end)
            path = (*path, names[-1], count)
        else:
            path = (*path, names[-1])
        self._add(path, start, end)
        return path

    def _resolved(self, names: tuple[str, ...]) -> Path:
        """The path to a table, through the last item so far of each list of tables on the way."""
        path: Path = ()
        for name in names:
            path = (*path, name)
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _pair(self, table: Path) -> Path:
        """A key with its value, in the table."""
        start, end, names = self._key()
        self._accept("=")
        path = (*table, *names)
        place = len(self.places)
        self._add(path, start, end)
        value = self._value(path)
        known = self.places[place]
        self.places[place] = Place(known.path, known.start, known.end, value)
        return table

    def _add(self, path: Path, start: int, end: int) -> None:
        self.places.append(Place(path, start, end))

    def _key(self) -> tuple[int, int, tuple[str, ...]]:
        """Where a key starts and ends, and its parts."""
        start = self._tokens[self._at].start()
        names = [self._name()]
        while self._accept("."):
            names.append(self._name())
        return start, self._tokens[self._at - 1].end(), tuple(names)

    def _name(self) -> str:
        written = self._shown()
        self._at += 1
        if written[:1] in ("'", '"'):
            from tomllib import loads

            return str(loads(f"key = {written}")["key"])
        return written

    def _value(self, path: Path) -> tuple[int, int]:
        """Go past a value, and note the keys within it."""
        start = self._tokens[self._at].start()
        if self._accept("["):
            self._items(path)
        elif self._accept("{"):
            while not self._accept("}"):
                if not self._accept(",", "\n"):
                    self._pair(path)
        else:
            while self._shown() not in (",", "]", "}", "\n", ""):
                self._at += 1
        return start, self._tokens[self._at - 1].end()

    def _items(self, path: Path) -> None:
        count = 0
        while not self._accept("]"):
            if self._accept(",", "\n"):
                continue
            token = self._tokens[self._at]
            place = len(self.places)
            self.places.append(Place((*path, count), token.start(), token.end()))
            value = self._value((*path, count))
            self.places[place] = Place((*path, count), token.start(), token.end(), value)
            count += 1

"""A configuration document: its data, and where its keys stand for diagnostics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NoReturn

from sqlwright.config.toml_places import Path, Place, toml_places
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.diagnostics.spelling import nearest
from sqlwright.source import SourceFile, Span


@dataclass(frozen=True, slots=True)
class Document:
    """The text that a configuration was read from; `where` leads to the part that is being read."""

    source: SourceFile
    where: Path = ()

    def refuse(self, message: str, key: str | None = None, help: str | None = None) -> NoReturn:
        """End with `invalid-config`, pointing at the key."""
        raise DiagnosticError(
            Diagnostic("invalid-config", "error", message, self.place(key), help=help)
        )

    def unknown(
        self, key: str, known: Iterable[str], where: str = "", which: str | None = None
    ) -> NoReturn:
        """End with `unknown-option` and the nearest known name; without one, with `which` there
        are."""
        names = sorted(known)
        near = nearest(key.replace("_", "-"), names)
        listed = which or f"the options{where} are {', '.join(names)}"
        raise DiagnosticError(
            Diagnostic(
                "unknown-option",
                "error",
                f"unknown option `{key}`{where}",
                self.place(key),
                help=f"did you mean `{near[0]}`?" if near else listed,
            )
        )

    def within(self, *path: str | int) -> Document:
        """The same text, of which a part is being read."""
        return replace(self, where=(*self.where, *path))

    def value_span(self, key: str, value: str) -> Span | None:
        """Where a text stands that is the value of a key, without its quotes; None if it is not
        written there as it is."""
        place = self._found(key)
        if place is None or place.value is None:
            return None
        written = self.source.text[slice(*place.value)]
        quotes = len(written) - len(written.lstrip(written[0]))
        start = place.value[0] + (1 if quotes < 3 else 3)
        if not self.source.text.startswith(f"{value}{written[0]}", start):
            return None
        return Span(self.source, start, start + len(value))

    def refuse_part(
        self, key: str, value: str, part: tuple[int, int], message: str, help: str
    ) -> NoReturn:
        """End with `invalid-config`, pointing at some characters of a key's value."""
        found = self.value_span(key, value)
        if found is None:
            self.refuse(message, key, help)
        place = Label(Span(self.source, found.start + part[0], found.start + part[1]))
        raise DiagnosticError(Diagnostic("invalid-config", "error", message, (place,), help=help))

    def place(self, key: str | None) -> tuple[Label, ...]:
        """Where a key stands, or the nearest one around it that is written out."""
        span = None if key is None else self.key_span(key)
        return () if span is None else (Label(span),)

    def key_span(self, key: str) -> Span | None:
        """Where a key stands, or the nearest one around it that is written out; None if none is."""
        parts = key.split(".")
        for count in range(len(parts), 0, -1):
            found = self._found(".".join(parts[:count]))
            if found is not None:
                return Span(self.source, found.start, found.end)
        return None

    def _found(self, key: str) -> Place | None:
        """The key in the part that is being read, or in one around it, from which it comes if it is
        not set there."""
        places = toml_places(self.source.text)
        for where in self._around():
            named = [each for each in places if _is_called(each.path, where, key)]
            if named:
                return min(named, key=lambda each: len(each.path))
        return None

    def _around(self) -> Iterator[Path]:
        """The part that is being read, and those that it may have got a value from: a package has
        those of the options around it."""
        yield self.where
        for at in range(len(self.where) - 1):
            if isinstance(self.where[at + 1], int):
                yield (*self.where[:at], *self.where[at + 2 :])
        for depth in range(len(self.where) - 1, -1, -1):
            yield self.where[:depth]


def _is_called(path: Path, where: Path, key: str) -> bool:
    """Whether the path leads on from there to what is called so, by all of its last keys."""
    names = ".".join(each for each in path if isinstance(each, str))
    below = path[: len(where)] == where and isinstance(path[-1], str)
    return below and len(path) > len(where) and f".{names}".endswith(f".{key}")

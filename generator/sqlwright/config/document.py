"""A configuration document: its data, and where its keys stand for diagnostics."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NoReturn

from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.diagnostics.spelling import nearest
from sqlwright.source import SourceFile, Span


@dataclass(frozen=True, slots=True)
class Document:
    """The text that a configuration was read from."""

    source: SourceFile

    def refuse(self, message: str, key: str | None = None, help: str | None = None) -> NoReturn:
        """End with `invalid-config`, pointing at the first place that sets the key."""
        raise DiagnosticError(
            Diagnostic("invalid-config", "error", message, self.place(key), help=help)
        )

    def unknown(self, key: str, known: Iterable[str], where: str = "") -> NoReturn:
        """End with `unknown-option` and the nearest known name."""
        names = sorted(known)
        near = nearest(key.replace("_", "-"), names)
        listed = f"the options{where} are {', '.join(names)}"
        raise DiagnosticError(
            Diagnostic(
                "unknown-option",
                "error",
                f"unknown option `{key}`{where}",
                self.place(key),
                help=f"did you mean `{near[0]}`?" if near else listed,
            )
        )

    def value_span(self, key: str, value: str) -> Span | None:
        """Where a text stands that is the value of a key, without its quotes; None if it is not
        written there as it is."""
        name = re.escape(key.rpartition(".")[2])
        begins = rf"(?<![\w-])[\"']?{name}[\"']?\s*=\s*([\"']{{1,3}})"
        for begin in re.finditer(begins, self.source.text):
            if self.source.text.startswith(f"{value}{begin[1]}", begin.end()):
                return Span(self.source, begin.end(), begin.end() + len(value))
        return None

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
        """Where a key stands: parsers of TOML tell no positions, so the first line that sets it."""
        if key is None:
            return ()
        for part in reversed(key.split(".")):
            found = re.search(
                rf"(?:^|[\[{{,.])\s*(?:- )?\s*\"?({re.escape(part)})\"?\s*[=:\].]",
                self.source.text,
                re.MULTILINE,
            )
            if found:
                return (Label(Span(self.source, *found.span(1))),)
        return ()

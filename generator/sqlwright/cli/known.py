"""Which warnings somebody at a terminal has been told before, so that they need not come again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlwright.config import Config
from sqlwright.diagnostics import Diagnostic
from sqlwright.diagnostics.wording import counted
from sqlwright.store import Store, digest


class Known:
    """The warnings and notes of a project that were told last."""

    def __init__(self, store: Store, config: Config) -> None:
        self._store = store
        paths = [text for each in config.packages for text in (*each.schema, *each.queries)]
        self._key = store.key(
            "told", str(config.root.resolve()), str(config.origin), "\n".join(paths)
        )
        kept = store.get(self._key) or b""
        self._names = Counter(kept.decode("ascii", "replace").split())

    def split(self, found: Iterable[Diagnostic]) -> tuple[list[Diagnostic], list[Diagnostic]]:
        """Those that are new, and those that were told before. Of several that say the same of
        the same line, as many are known as were told."""
        left = self._names.copy()
        new: list[Diagnostic] = []
        before: list[Diagnostic] = []
        for item in found:
            name = _name(item)
            known = item.severity != "error" and left[name] > 0
            left[name] -= known
            (before if known else new).append(item)
        return new, before

    def told(self, found: Iterable[Diagnostic]) -> None:
        """All that there is to tell of the project has been told. What is gone is not known any
        more, unless errors may have kept it from being found."""
        items = list(found)
        names = Counter(_name(item) for item in items if item.severity != "error")
        if len(items) > names.total():
            names |= self._names
        if names != self._names:
            self._names = names
            self._store.put(self._key, "\n".join(sorted(names.elements())).encode("ascii"))


def as_before(found: Iterable[Diagnostic]) -> str:
    """The line that stands for reports which were told before; empty without any."""
    severities = Counter(item.severity for item in found)
    parts = [
        counted(severities[severity], severity)
        for severity in ("warning", "note")
        if severities[severity]
    ]
    them = "it" if severities.total() == 1 else "them"
    return f"{' and '.join(parts)} as before; -v shows {them}" if parts else ""


def _name(item: Diagnostic) -> str:
    """What tells a report from others of the project, wherever in its file it has moved to."""
    place, line = "", ""
    if item.labels:
        span = item.labels[0].span
        place = span.source.path
        line = span.source.line_text(span.source.position(span.start)[0]).strip()
    said = (item.code, item.severity, item.message, *item.notes, item.help or "", item.query or "")
    return digest(*said, place, line)[:24]

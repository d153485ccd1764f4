"""The import statements of a module, in isort's order."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sqlwright.codegen.model import Import
from sqlwright.render.width import STEP, fits


def import_lines(imports: Sequence[Import]) -> Iterator[str]:
    """Import statements in isort's order: standard library, other libraries, this package."""
    plain = sorted(
        {(item.module, item.alias) for item in imports if not item.name},
        key=lambda found: (_natural(found[0]), found[1]),
    )
    named: dict[str, set[str]] = {}
    aliased: dict[str, set[str]] = {}
    for item in imports:
        if item.name and item.alias:
            aliased.setdefault(item.module, set()).add(f"{item.name} as {item.alias}")
        elif item.name:
            named.setdefault(item.module, set()).add(item.name)
    groups: list[list[str]] = [[], [], []]
    for module, alias in plain:
        renamed = f" as {alias}" if alias else ""
        groups[_section(module)].append(f"import {module}{renamed}{_UNTYPED.get(module, '')}")
    for module in sorted({*named, *aliased}, key=lambda name: _natural(name.lower())):
        lines = groups[_section(module)]
        if module in named:
            lines.extend(_from_import(module, sorted(named[module], key=_import_order)))
        for name in sorted(aliased.get(module, ()), key=_import_order):
            lines.extend(_from_import(module, [name]))
    for group in groups:
        if group:
            yield ""
            yield from group


def all_lines(names: Sequence[str]) -> Iterator[str]:
    """The assignment of `__all__`."""
    ordered = sorted(names, key=member_order)
    if not ordered:
        yield "__all__: list[str] = []"
        return
    yield "__all__ = ["
    yield from (f'{STEP}"{name}",' for name in ordered)
    yield "]"


def member_order(name: str) -> tuple[int, tuple[tuple[str, int], ...]]:
    """isort's order of names: constants, classes, the rest, with numbers compared as numbers."""
    if name.isupper() and len(name) > 1:
        return 0, _natural(name)
    return (1 if name[:1].isupper() else 2), _natural(name)


def _import_order(name: str) -> tuple[int, tuple[tuple[str, int], ...], str]:
    kind, _ = member_order(name)
    return kind, _natural(name.lower()), name


@lru_cache(maxsize=10_000)
def _natural(name: str) -> tuple[tuple[str, int], ...]:
    parts = re.findall(r"\d+|\D+", name)
    return tuple((part, 0) if not part.isdecimal() else ("0", int(part)) for part in parts)


def _from_import(module: str, names: Sequence[str]) -> Iterator[str]:
    whole = f"from {module} import {', '.join(names)}"
    if fits(whole):
        yield whole
        return
    yield f"from {module} import ("
    yield from (f"{STEP}{name}," for name in names)
    yield ")"


_UNTYPED = {"asyncpg": "  # type: ignore[import, unused-ignore]"}
"""What strict type checkers need to be told where asyncpg-stubs is not installed."""


def _section(module: str) -> int:
    if module.startswith("."):
        return 2
    return 0 if module.partition(".")[0] in sys.stdlib_module_names else 1

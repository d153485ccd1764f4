"""Advice about the configuration, in the syntax of sqlc's where that is the one in use."""

from __future__ import annotations

from collections.abc import Iterable

from sqlwright.config.model import Config
from sqlwright.dataclass import replace
from sqlwright.diagnostics import Diagnostic
from sqlwright.patterns import pattern

_WORDS = (
    (
        pattern(
            r'under `overrides` in the configuration, with `type = "(?P<type>[^"]+)"` and '
            r'`python = "str"`'
        ),
        r'under `overrides`, with `db_type: "\g<type>"` and `go_type: "string"` (for a Python '
        r'plugin `py_type: "str"`)',
    ),
    (
        pattern(r'unknown-functions = "warn" in the configuration'),
        "`strict_function_checks: false` in the configuration",
    ),
)


def worded_for(config: Config, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics with advice that can be followed in the file that the project has."""
    if not config.of_sqlc:
        return tuple(found)
    return tuple(replace(item, help=_said(item.help)) if item.help else item for item in found)


def _said(advice: str) -> str:
    for said, words in _WORDS:
        advice = said.sub(words, advice)
    return advice

"""The text of a configuration file, and what no reader of one is asked to take on."""

from __future__ import annotations

import re
from pathlib import Path

from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile

TOO_DEEP = "the configuration is nested too deeply"
DEEPEST = 500
"""Brackets within brackets. The readers of TOML and YAML call themselves for each, and the latter
goes through all that are open at every word."""
LONGEST = 100
_LONG_KEY = pattern(rf"(?<![\w.\"'-])(?:[\"']?[\w-]+[\"']?\s*\.\s*){{{LONGEST}}}")
"""A key of so many parts that the standard library's reader would take seconds."""


def read_text(path: Path) -> SourceFile:
    """Raises DiagnosticError `invalid-config` for what is no file of text or nests too deeply."""
    try:
        if path.exists() and not path.is_file():
            raise _unreadable(path, "it is not a file")
        text = path.read_text(encoding="utf-8-sig")  # some editors of Windows begin with the mark
    except UnicodeDecodeError as error:
        raise _unreadable(path, "it is not UTF-8 text") from error
    except OSError as error:
        raise _unreadable(path, error.strerror or type(error).__name__) from error
    except ValueError as error:  # a name that no file can have
        raise _unreadable(path, str(error)) from error
    if _is_deep(text) or (text.count(".") >= LONGEST and _LONG_KEY.search(text)):
        raise DiagnosticError(Diagnostic("invalid-config", "error", f"{path}: {TOO_DEEP}"))
    return SourceFile(path.as_posix(), text)


def _is_deep(text: str) -> bool:
    """Whether brackets nest too deeply, those within texts taken for such."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    deepest = depth = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth = depth + 1 if bracket in "[{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest > DEEPEST


def _unreadable(path: Path, reason: str) -> DiagnosticError:
    return DiagnosticError(Diagnostic("invalid-config", "error", f"cannot read {path}: {reason}"))

"""Regular expressions that are compiled as they are first used.

The program has some two hundred, and compiling one takes as long as importing a module. Most runs
need few of them.
"""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["pattern"]

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, later. An expression that is none raises `re.error` as it is used."""
    return cast("re.Pattern[str]", _Pattern(text, flags))


class _Pattern:
    """Stands for a pattern, and has its methods as soon as one of them is asked for."""

    def __init__(self, text: str, flags: int) -> None:
        self._asked = text, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(*self._asked)
        for each in _METHODS:
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)

"""The data files that are installed with the package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def resource(*parts: str) -> Path:
    """The path of an installed file, by its place inside the package.

    `importlib.resources` would also read from inside an archive, and costs every start 30 ms.
    """
    return _PACKAGE.joinpath(*parts)

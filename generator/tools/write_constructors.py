"""Write the code that data classes share: `sqlwright/constructors.py`.

python -m generator.tools.write_constructors

A constructor is compiled at each start that needs it, or once and for all. Classes with as many
fields share one under names of their own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from sqlwright.dataclass import written

TARGET = Path(__file__).resolve().parents[1] / "sqlwright" / "constructors.py"
MOST = 36
"""Fields of the largest class of which values are made in most runs."""


def text() -> str:
    """The module's text."""
    return "".join(_lines())


def _lines() -> Iterator[str]:
    yield '"""What data classes share: `dataclass` says how; `make constructors` writes it."""\n'
    for kind in ("constructor", "making", "copying"):
        for count in range(MOST + 1):
            yield f"\n\n{written(kind, count)}\n"


def main() -> int:
    """Write the module."""
    TARGET.write_text(text(), encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    sys.exit(main())

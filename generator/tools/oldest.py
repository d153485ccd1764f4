"""Print the oldest version of every dependency that `pyproject.toml` allows, as constraints of pip.

python -m generator.tools.oldest
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
_BOUND = re.compile(r"^(?P<name>[\w.-]+)(?:\[[\w,-]+\])?>=(?P<version>[\w.]+)")


def oldest(pyproject: str, left_out: Collection[str] = ("bench",)) -> Iterator[str]:
    """A line for every dependency with a lower bound, those of some extras left out."""
    project = tomllib.loads(pyproject)["project"]
    extras = project["optional-dependencies"]
    wanted = [each for name in extras if name not in left_out for each in extras[name]]
    for requirement in (*project["dependencies"], *wanted):
        if found := _BOUND.match(requirement):
            yield f"{found['name']}=={found['version']}"


if __name__ == "__main__":
    print("\n".join(oldest(PYPROJECT.read_text(encoding="utf-8"))))

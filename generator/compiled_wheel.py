"""A wheel with compiled modules, where it is asked for."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ASKED = "SQLWRIGHT_COMPILED"


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc]  # as hatchling wants it
    """Asked by hatchling, by its name, before it makes a wheel."""

    def dependencies(self) -> list[str]:
        """What it takes to compile: all that the package imports, since it is looked at as it runs,
        and mypyc."""
        if not os.environ.get(ASKED):
            return []
        return ["mypy[mypyc]==2.4.*", "setuptools>=80", *self.metadata.core.dependencies]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled modules, which are imported before those of the same name."""
        if not os.environ.get(ASKED) or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "generator"))
        from compiling.extensions import compiled_modules

        self._work = tempfile.TemporaryDirectory(prefix="sqlwright-compiled-")
        found = compiled_modules(root / "generator", Path(self._work.name))
        build_data["force_include"] |= {str(path): name for name, path in found.items()}
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what the modules were made of."""
        if os.environ.get(ASKED) and version != "editable":
            self._work.cleanup()

"""Makes this process use sqlglot's Python modules where its compiled build is installed as well.

The classes of the compiled build (`sqlglotc`) cannot be subclassed. Its wheels keep the `.py` files
beside the extension modules, so a finder placed first on `sys.meta_path` that offers only source
files for `sqlglot` and its submodules selects them. Importing this module installs the finder.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, ModuleSpec, SourceFileLoader
from types import ModuleType


class SourceOnlyFinder(MetaPathFinder):
    """Finds the modules of the package `sqlglot` as source files only."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != "sqlglot" and not fullname.startswith("sqlglot."):
            return None
        for folder in sys.path if path is None else path:
            spec = FileFinder(folder, (SourceFileLoader, SOURCE_SUFFIXES)).find_spec(fullname)
            if spec is not None and spec.loader is not None:
                return spec
        return None


def prefer_source() -> None:
    """Install the finder, once, unless sqlglot is already loaded.

    Raises ImportError if what is loaded is the compiled build: the two cannot be mixed.
    """
    loaded = sys.modules.get("sqlglot.tokenizer_core")
    if loaded is not None:
        if not isinstance(loaded.__loader__, SourceFileLoader):
            raise ImportError("sqlglot's compiled build is loaded already: import sqlwright first")
        return
    if not any(isinstance(finder, SourceOnlyFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, SourceOnlyFinder())


prefer_source()

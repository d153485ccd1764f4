"""Imports of generated modules: what a piece of code needs, under names that clash with nothing."""

from __future__ import annotations

from collections.abc import Iterable

from sqlwright.codegen.model import Import
from sqlwright.dataclass import dataclass

Imports = frozenset[Import]
NONE: Imports = frozenset()

MODELS = ".models"
DRIVER = "._driver"
CONVERT = "._convert"
DATACLASS = "._dataclass"
JSON = "._json"
JSON_VALUES = "._json_values"
TYPED_JSON = "._typed_json"
WARM = "._warm"
BULK = "._bulk"
CONSTRAINTS = "._constraints"
COPY_TEXT = "._copy_text"
EXCEPTIONS = ".exceptions"
ROWS = "._rows"
SESSION = "._session"
TYPES = "._types"
UNSET = "._unset"
VARIANTS = "._variants"

CONNECTION = Import(DRIVER, "Connection")
NO_ROW_ERROR = Import(DRIVER, "NoRowError")

PARAMETER_NAMES = frozenset({"conn", "self"})
"""Names of parameters that generated functions have anyway."""

LOCAL_NAMES = PARAMETER_NAMES | {
    *(
        "after",
        "args",
        "batch",
        "batch_size",
        "cursor",
        "decoded",
        "item",
        "params",
        "plain",
        "records",
        "results",
    ),
    *("row", "rows", "session", "sort", "status", "value", "values"),
}
"""Names of the parameters and variables of generated functions that are no query's own."""


@dataclass(frozen=True, slots=True)
class PublicNames:
    """The names that users see: classes, functions and constants. An imported name that is one of
    them gets `_` in front where it is imported, so that a table `connections` can have its
    `Connection`."""

    names: frozenset[str]

    def imported(self, module: str, name: str) -> tuple[str, Import]:
        """The name to write for `from module import name`, and the import to make."""
        if name in self.names:
            return f"_{name}", Import(module, name, f"_{name}")
        return name, Import(module, name)

    def module(self, module: str) -> tuple[str, Import]:
        """What to write before the dot for `import module`, and the import to make."""
        root = module.partition(".")[0]
        if root in self.names or root in LOCAL_NAMES:
            alias = "_" + module.replace(".", "_")
            return alias, Import(module, "", alias)
        return module, Import(module)


def local_name(item: Import) -> str:
    """The name that an import gives something in the module that makes it."""
    return item.alias or item.name or item.module.partition(".")[0]


def importable(imports: Iterable[Import], module: str) -> tuple[Import, ...]:
    """Those that `module` has to make, in order; a module does not import itself."""
    return tuple(sorted({item for item in imports if item.module != module}))

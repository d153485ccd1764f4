"""The package with those modules rewritten that are to be compiled."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path
from typing import Any

from compiling.modules import Rewriter

PACKAGE = "sqlwright"

LEFT_AS_THEY_ARE = (
    # What every command begins with, so that small ones need not load any machine code.
    "byte_code",
    "codegen",
    "codegen.options",
    "codegen.types",
    "codegen.types.expressions",
    "config.*",
    "constructors",
    "dataclass",
    "diagnostics.*",
    "interruptions",
    "patterns",
    "processes",
    "resources",
    "source",
    "store",
    "version",
    # What waits for others most of the time.
    "__main__",
    "cli.*",
    "output.*",
    "scaffold",
    "terminal",
    "verification.*",
    "watching",
    # What goes to users as text.
    "render.support.*",
    # What has a base in C, of which mypyc knows a few only.
    "packing",
)
"""Modules, or packages with all inside."""
CHAINS = ("sql.grammar.parser.Parser",)
"""Classes with several bases."""


def rewritten(source: Path, work: Path) -> list[str]:
    """Write the package to an empty folder; the paths there of the modules to be compiled. It is
    Python still, and does the same."""
    shutil.copytree(source / PACKAGE, work / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    names = {}
    for path in sorted((work / PACKAGE).rglob("*.py")):
        relative = path.relative_to(work)
        module = ".".join(relative.with_suffix("").parts).removesuffix(".__init__")
        inside = module.removeprefix(f"{PACKAGE}.")
        if module != PACKAGE and not is_left(inside):
            names[str(relative)] = module
    rewriter = Rewriter(_class(f"{PACKAGE}.{each}") for each in CHAINS)
    for name, module in names.items():
        text = (work / name).read_text(encoding="utf-8")
        (work / name).write_text(rewriter.rewritten(module, text), encoding="utf-8")
    return list(names)


def is_left(module: str) -> bool:
    """Whether a module, named from inside the package, is left as it is."""
    parents = (module, *(module[:at] for at, letter in enumerate(module) if letter == "."))
    return module in LEFT_AS_THEY_ARE or any(f"{each}.*" in LEFT_AS_THEY_ARE for each in parents)


def _class(name: str) -> Any:
    module, _, kind = name.rpartition(".")
    return getattr(importlib.import_module(module), kind)

"""Importing a package from a folder, where it can be mistaken for no other module."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import sysconfig
import uuid
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any


def make_importable(root: Path) -> None:
    """Let modules of the project's root be imported, after those of Python itself but before
    installed ones, so that none of them replaces a module that others rest on."""
    installed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    at = next((at for at, path in enumerate(sys.path) if path in installed), len(sys.path))
    sys.path.insert(at, str(root))


def import_package(folder: Path) -> ModuleType:
    """The package in the folder, with a name that no module has. Raises what importing raises."""
    name = f"sqlwright_package_{uuid.uuid4().hex}"
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def submodule(package: ModuleType, name: str) -> ModuleType:
    """A module of the package."""
    return importlib.import_module(f"{package.__name__}.{name}")


def offered(package: ModuleType, name: str, modules: Iterable[str]) -> Any:
    """What every package has under a name; None where it has not, or something of these modules,
    the user's queries and tables, is called so."""
    found = getattr(package, name, None)
    of_user = {f"{package.__name__}.{each}" for each in modules}
    return None if getattr(found, "__module__", None) in of_user else found

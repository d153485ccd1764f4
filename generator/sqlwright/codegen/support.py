"""The modules that are the same in every package: in it, or in one that several packages share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlwright.codegen import imports as modules
from sqlwright.codegen.model import Import, Package, Support
from sqlwright.codegen.options import PackageOptions
from sqlwright.codegen.types.base_types import classes_of_the_package
from sqlwright.codegen.types.json_types import CLASSES
from sqlwright.dataclass import replace

OWN = frozenset({modules.WARM})
"""Modules that are each package's own, though named as the others are."""


def support_of(imported: Iterable[Import], options: PackageOptions) -> Support:
    """The fixed modules that a package needs for what it imports, and the names of them that its
    users come across."""
    needed = frozenset(item for item in imported if _is_support(item))
    shown = {*_met_by_users(needed), modules.CONNECTION}
    return Support(tuple(_texts(needed, options)), tuple(sorted(shown)))


def importing_from(package: Package, runtime: str | None) -> Package:
    """The package with the fixed modules in another one, which is called `runtime`; as it is with
    None."""
    if runtime is None:
        return package

    def moved(imports: Iterable[Import]) -> tuple[Import, ...]:
        return tuple(
            sorted(
                replace(item, module=runtime + item.module) if _is_support(item) else item
                for item in imports
            )
        )

    raised = package.exceptions
    return replace(
        package,
        queries=tuple(replace(each, imports=moved(each.imports)) for each in package.queries),
        models=replace(package.models, imports=moved(package.models.imports)),
        querier=replace(package.querier, imports=moved(package.querier.imports)),
        exceptions=replace(raised, imports=moved(raised.imports)) if raised is not None else None,
        imports=moved(package.imports),
        connection=moved([package.connection])[0],
        runtime=runtime,
    )


def _is_support(item: Import) -> bool:
    return item.module.startswith("._") and item.module not in OWN


def _met_by_users(needed: Iterable[Import]) -> Iterator[Import]:
    met = (
        {"BulkConnection", "NoRowError", "TextCopyConnection", "UNSET", "Unset"}
        | classes_of_the_package()
        | CLASSES
    )
    for item in needed:
        if item.name in met:
            yield Import(item.module, item.name)
        if (item.module, item.name) == (modules.DRIVER, "no_row"):
            yield modules.NO_ROW_ERROR  # which that raises


def _texts(needed: Iterable[Import], options: PackageOptions) -> Iterator[tuple[str, str]]:
    """The modules, each with the name of its text; every package has the driver's."""
    found = {item.module.lstrip(".") for item in needed}
    if modules.COPY_TEXT.lstrip(".") in found:
        found.add(modules.BULK.lstrip("."))  # on which it rests
    for name in sorted({*found, modules.DRIVER.lstrip(".")}):
        if name == "_unset" and options.model == "msgspec":
            yield name, "_unset_msgspec"  # which its users have in their structs already
        else:
            yield name, f"{name}_{options.json.library}" if name == "_json" else name

"""`[tool.sqlwright]` and `sqlwright.toml`: from parsed TOML to package configurations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlwright.codegen.options import PackageOptions
from sqlwright.config.document import Document
from sqlwright.config.model import PackageConfig
from sqlwright.config.options import OPTIONS

_BY_NAME = {option.name: option for option in OPTIONS}


def read_packages(section: Any, document: Document) -> tuple[PackageConfig, ...]:
    """The packages of a section: its `packages` tables, each over the section's own options as
    defaults; without any, the section itself is the one package.

    Raises DiagnosticError for an unknown option or a value of the wrong kind.
    """
    if not isinstance(section, dict):
        document.refuse("`tool.sqlwright` is a table", "sqlwright")
    tool = section.get("tool")
    if not document.where and isinstance(tool, dict) and "sqlwright" in tool:
        advice = "in sqlwright.toml the options stand at the root: leave out `tool.sqlwright`"
        message = "`[tool.sqlwright]` is a section of pyproject.toml"
        document.refuse(message, "tool.sqlwright", advice)
    first = _BY_NAME["required-version"]
    if first.name in section:  # before options that this version may not know
        first.read(document, first.name, section[first.name])
    tables = section.get("packages")
    shared = {key: value for key, value in section.items() if key != "packages"}
    if tables is None:
        return (_package(shared, document),)
    if not isinstance(tables, list) or not tables or not all(_is_table(one) for one in tables):
        document.refuse("`packages` is a list of tables", "packages")
    return tuple(
        _package({**shared, **table}, document.within("packages", at))
        for at, table in enumerate(tables)
    )


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _package(table: Mapping[str, Any], document: Document) -> PackageConfig:
    own: dict[str, Any] = {}
    look: dict[str, Any] = {}
    for key, value in table.items():
        option = _BY_NAME.get(key)
        if option is None:
            document.unknown(key, (*_BY_NAME, "packages"))
        (look if option.look else own)[option.field] = option.read(document, key, value)
    span = document.key_span("out") if "out" in table else None
    return PackageConfig(**own, options=PackageOptions(**look), out_span=span)

"""`[tool.sqlwright]` and `sqlwright.toml`: from parsed TOML to package configurations."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Any

from sqlwright.config.model import PackageConfig
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.source import SourceFile, Span

PACKAGE_KEYS = ("schema", "queries", "out")


def read_packages(section: Mapping[str, Any], source: SourceFile) -> tuple[PackageConfig, ...]:
    """The packages of a section: `[[packages]]` tables, each over the section's own keys as
    defaults; without any, the section itself is the one package."""
    tables = section.get("packages")
    shared = {key: value for key, value in section.items() if key != "packages"}
    if tables is None:
        return (_package(shared, source),)
    if not isinstance(tables, list) or not tables:
        raise DiagnosticError(_invalid("`packages` is a list of tables", "packages", source))
    return tuple(_package({**shared, **table}, source) for table in tables)


def _package(table: Mapping[str, Any], source: SourceFile) -> PackageConfig:
    for key in table:
        if key not in PACKAGE_KEYS:
            raise DiagnosticError(_unknown(key, source))
    default = PackageConfig()
    return PackageConfig(
        schema=_paths(table, "schema", default.schema, source),
        queries=_paths(table, "queries", default.queries, source),
        out=_text(table, "out", default.out, source),
    )


def _paths(
    table: Mapping[str, Any], key: str, default: tuple[str, ...], source: SourceFile
) -> tuple[str, ...]:
    value = table.get(key, list(default))
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not listed or not all(isinstance(x, str) for x in listed):
        raise DiagnosticError(_invalid(f"`{key}` is a path or a list of paths", key, source))
    return tuple(listed)


def _text(table: Mapping[str, Any], key: str, default: str, source: SourceFile) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or not value:
        raise DiagnosticError(_invalid(f"`{key}` is a text", key, source))
    return value


def _unknown(key: str, source: SourceFile) -> Diagnostic:
    near = difflib.get_close_matches(key, (*PACKAGE_KEYS, "packages"), 1)
    return Diagnostic(
        "unknown-option",
        "error",
        f"unknown option `{key}`",
        _place(key, source),
        help=f"did you mean `{near[0]}`?"
        if near
        else f"the options are {', '.join((*PACKAGE_KEYS, 'packages'))}",
    )


def _invalid(message: str, key: str, source: SourceFile) -> Diagnostic:
    return Diagnostic("invalid-config", "error", message, _place(key, source))


def _place(key: str, source: SourceFile) -> tuple[Label, ...]:
    """Where a key stands; TOML parsers tell no positions, so the first line that sets it."""
    found = re.search(rf"^\s*\[*\s*\"?({re.escape(key)})\"?\s*[=\].]", source.text, re.MULTILINE)
    return (Label(Span(source, *found.span(1))),) if found else ()

"""sqlc's own configuration, versions 1 and 2, read as it is.

What has an equal here is taken over; what only concerns Go, other engines or sqlc's services is
named in one warning. Meanings follow sqlc's documentation of its configuration file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import yaml

from sqlwright.codegen.options import Override, PackageOptions, Renames
from sqlwright.config.document import Document
from sqlwright.config.model import PackageConfig
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.source import Span

FILE_NAMES = ("sqlc.yaml", "sqlc.yml", "sqlc.json")

_PYTHON_PLUGINS = re.compile(r"py(thon)?|better", re.IGNORECASE)
_MODEL_TYPES = {"dataclass", "attrs", "msgspec", "pydantic"}

# Go types that say no more than the type asyncpg gives anyway, and those a plain conversion makes.
_SAME_IN_PYTHON = {
    "uuid.UUID",
    "time.Time",
    "decimal.Decimal",
    "bool",
    "int",
    "int16",
    "int32",
    "int64",
    "float32",
    "float64",
    "[]byte",
    "json.RawMessage",
    "netip.Addr",
    "net.IP",
}


@dataclass(slots=True)
class _Reading:
    """One pass over a document, collecting what had to be left out."""

    document: Document
    ignored: set[str] = field(default_factory=set)

    def leave(self, names: Iterable[str], where: str = "") -> None:
        self.ignored.update(f"{where}{name}" for name in names)


def read_sqlc(document: Document) -> tuple[tuple[PackageConfig, ...], tuple[Diagnostic, ...]]:
    """The PostgreSQL packages of a sqlc configuration, and a warning about what was left out.

    Raises DiagnosticError `invalid-config` for what sqlc would refuse too.
    """
    data = _parse(document)
    reading = _Reading(document)
    version = str(data.get("version", ""))
    if version == "2":
        packages = tuple(_version_2(reading, data))
    elif version == "1":
        packages = tuple(_version_1(reading, data))
    else:
        document.refuse(
            f"invalid version number: {version}" if version else "no version number", "version"
        )
    if not packages:
        document.refuse("no packages for engine postgresql", "engine")
    return packages, _warnings(reading)


def _parse(document: Document) -> Mapping[str, Any]:
    try:
        data = yaml.safe_load(document.source.text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        labels = (
            (Label(Span(document.source, mark.index, mark.index + 1)),) if mark is not None else ()
        )
        message = f"invalid YAML: {error.problem}"
        raise DiagnosticError(Diagnostic("invalid-config", "error", message, labels)) from error
    if not isinstance(data, dict):
        document.refuse("the configuration is not a table of options")
    return data


def _version_2(reading: _Reading, data: Mapping[str, Any]) -> Iterator[PackageConfig]:
    shared = _table(_table(data, "overrides"), "go")
    reading.leave(data.keys() - {"version", "sql", "overrides", "plugins"})
    entries = _list(data, "sql")
    for entry in entries:
        if _other_engine(reading, entry):
            continue
        reading.leave(
            entry.keys() - {"engine", "name", "schema", "queries", "gen", "codegen"}, "sql."
        )
        target, settings = _target(reading, entry)
        yield _package(
            reading,
            entry,
            out=_out(target, settings, entry, alone=len(entries) == 1),
            settings=settings,
            overrides=[*_list(shared, "overrides"), *_list(settings, "overrides")],
            renames={**_table(shared, "rename"), **_table(settings, "rename")},
        )


def _version_1(reading: _Reading, data: Mapping[str, Any]) -> Iterator[PackageConfig]:
    reading.leave(data.keys() - {"version", "packages", "overrides", "rename"})
    for entry in _list(data, "packages"):
        if _other_engine(reading, entry):
            continue
        yield _package(
            reading,
            entry,
            out=str(entry.get("path") or reading.document.refuse("missing package path", "path")),
            settings={
                key: value
                for key, value in entry.items()
                if key not in ("engine", "name", "path", "schema", "queries")
            },
            overrides=[*_list(data, "overrides"), *_list(entry, "overrides")],
            renames={**_table(data, "rename"), **_table(entry, "rename")},
        )


def _other_engine(reading: _Reading, entry: Mapping[str, Any]) -> bool:
    engine = str(entry.get("engine", "postgresql"))
    if engine != "postgresql":
        reading.leave([f"engine {engine}"])
    return engine != "postgresql"


def _target(reading: _Reading, entry: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The part of an entry that says how code is made: a Python plugin's before anyone else's."""
    for plugin in _list(entry, "codegen"):
        if _PYTHON_PLUGINS.search(str(plugin.get("plugin", ""))):
            return str(plugin.get("out", "")), _table(plugin, "options")
    generators = _table(entry, "gen")
    for name in ("python", "go", *generators):
        if name in generators:
            settings = _table(generators, name)
            return str(settings.get("out", "")), settings
    return "", {}


def _out(out: str, settings: Mapping[str, Any], entry: Mapping[str, Any], *, alone: bool) -> str:
    if out:
        return out
    if alone:
        return PackageConfig().out
    name = entry.get("name") or settings.get("package") or "queries"
    return (PurePosixPath(PackageConfig().out) / str(name)).as_posix()


def _package(
    reading: _Reading,
    entry: Mapping[str, Any],
    *,
    out: str,
    settings: Mapping[str, Any],
    overrides: list[Mapping[str, Any]],
    renames: Mapping[str, Any],
) -> PackageConfig:
    return PackageConfig(
        schema=_paths(reading, entry, "schema"),
        queries=_paths(reading, entry, "queries"),
        out=out,
        options=_options(reading, settings, overrides, renames),
    )


def _paths(reading: _Reading, entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = entry.get(key)
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not listed:
        reading.document.refuse(f"`{key}` is a path or a list of paths", key)
    return tuple(str(item) for item in listed)


def _options(
    reading: _Reading,
    settings: Mapping[str, Any],
    overrides: list[Mapping[str, Any]],
    renames: Mapping[str, Any],
) -> PackageOptions:
    taken = {"out", "package", "overrides", "rename", "sql_package", "sql_driver"}
    model = str(settings.get("model_type", "dataclass"))
    if settings.get("emit_pydantic_models"):
        model = "pydantic"
    limit = settings.get("query_parameter_limit")
    reading.leave(settings.keys() - taken - _EQUALS)
    return PackageOptions(
        model=model if model in _MODEL_TYPES else "dataclass",  # type: ignore[arg-type]
        exact_names=bool(settings.get("emit_exact_table_names", False)),
        plural_models=tuple(map(str, _list(settings, "inflection_exclude_table_names"))),
        parameter_limit=int(limit) if isinstance(limit, int) and limit >= 0 else None,
        overrides=tuple(_overrides(reading, overrides)),
        renames=_renames(renames),
    )


_EQUALS = {
    "model_type",
    "emit_pydantic_models",
    "emit_exact_table_names",
    "inflection_exclude_table_names",
    "query_parameter_limit",
    # What these ask for is how the generated package is anyway.
    "emit_async_querier",
    "emit_str_enum",
    "emit_init_file",
    "emit_empty_slices",
    "omit_unused_structs",
    "emit_params_struct_pointers",
    "emit_result_struct_pointers",
}


def _overrides(reading: _Reading, items: list[Mapping[str, Any]]) -> Iterator[Override]:
    for item in items:
        place = "column" if "column" in item else "db_type"
        if place not in item:
            reading.document.refuse("an override names either `column` or `db_type`", "overrides")
        python = _python_type(item)
        if python is None:
            if _go_type(item) not in _SAME_IN_PYTHON:
                reading.leave([f"override of {item[place]} with go_type {_go_type(item)}"])
            continue
        name = str(item[place]).removeprefix("pg_catalog.")
        # In sqlc a rule for a type holds for NOT NULL columns unless it says nullable.
        yield Override(
            python=python,
            column=name if place == "column" else None,
            type=name if place == "db_type" else None,
            nullable=bool(item.get("nullable", False)) if place == "db_type" else None,
            from_db="builtins.str" if python == "str" else None,
        )


def _python_type(item: Mapping[str, Any]) -> str | None:
    given = item.get("py_type", item.get("python_type"))
    if isinstance(given, dict):
        module = str(given.get("import") or given.get("package") or "")
        return ".".join(part for part in (module, str(given.get("type", ""))) if part)
    if given:
        return str(given)
    return "str" if _go_type(item) == "string" else None


def _go_type(item: Mapping[str, Any]) -> str:
    """A Go type as `package.Name`, however it was written."""
    given = item.get("go_type", "")
    if isinstance(given, dict):
        package = str(given.get("import", "")).rsplit("/", 1)[-1]
        return ".".join(part for part in (package, str(given.get("type", ""))) if part)
    return str(given).rsplit("/", 1)[-1]


def _renames(renames: Mapping[str, Any]) -> Renames:
    """sqlc gives one Go name for a column and for a table or type of that name; the name of a
    field is that name in Python's spelling."""
    pairs = [(str(old), str(new)) for old, new in renames.items()]
    return Renames(
        fields=tuple((old, _snake_case(new)) for old, new in pairs),
        models=tuple(pairs),
        enums=tuple(pairs),
    )


def _snake_case(name: str) -> str:
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return parted.lower()


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    return value if isinstance(value, list) else []


def _warnings(reading: _Reading) -> tuple[Diagnostic, ...]:
    if not reading.ignored:
        return ()
    listed = ", ".join(sorted(reading.ignored))
    return (
        Diagnostic(
            "sqlc-options-ignored",
            "warning",
            f"{reading.document.source.path} has options without an equal here: {listed}",
            help="`sqlwright init --from-sqlc` writes what is used as a configuration of its own",
        ),
    )

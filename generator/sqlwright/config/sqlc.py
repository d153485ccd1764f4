"""sqlc's own configuration, versions 1 and 2, read as it is.

What has an equal here is taken over; what only concerns Go, other engines or sqlc's services is
named in one warning. What sqlc refuses is refused in its words. Meanings follow sqlc's
documentation of its configuration file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import yaml

from sqlwright.codegen.options import PackageOptions
from sqlwright.config.document import Document
from sqlwright.config.model import PackageConfig
from sqlwright.config.sqlc_keys import ANYWAY, ENTRY, EQUALS, TOP_1, TOP_2
from sqlwright.config.sqlc_overrides import read_overrides, read_renames
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.source import Span

FILE_NAMES = ("sqlc.yaml", "sqlc.yml", "sqlc.json")

_PYTHON_PLUGINS = re.compile(r"py(thon)?|better", re.IGNORECASE)
_MODEL_TYPES = {"dataclass", "attrs", "msgspec", "pydantic"}
_PYTHON_DRIVERS = {"asyncpg", "aiosqlite", "sqlite3"}
_ENGINES = {"postgresql", "mysql", "sqlite"}


@dataclass(slots=True)
class _Reading:
    """One pass over a document, collecting what had to be left out."""

    document: Document
    ignored: set[str] = field(default_factory=set)

    def leave(self, names: Iterable[str]) -> None:
        """Name options in the warning."""
        self.ignored.update(names)

    def known(self, table: Mapping[str, Any], keys: Iterable[str], kind: str) -> None:
        """Refuse a key that sqlc does not have, in its words."""
        for key in table:
            if key not in keys:
                self.document.refuse(
                    f"field {key} not found in type config.{kind}",
                    str(key),
                    did_you_mean(nearest(str(key), keys)),
                )


def read_sqlc(document: Document) -> tuple[tuple[PackageConfig, ...], tuple[Diagnostic, ...]]:
    """The PostgreSQL packages of a sqlc configuration, and a warning about what was left out.

    Raises DiagnosticError `invalid-config` for what sqlc would refuse too.
    """
    data = _parse(document)
    reading = _Reading(document)
    version = str(data.get("version") or "")
    if version == "2":
        packages = tuple(_version_2(reading, data))
    elif version == "1":
        packages = tuple(_version_1(reading, data))
    else:
        document.refuse(
            "invalid version number" if version else "no version number",
            "version" if version else None,
            'the versions are "1" and "2"' if version else 'begin it with `version: "2"`',
        )
    if not packages:
        document.refuse("no packages for engine postgresql", "engine")
    return packages, _warnings(reading)


def _parse(document: Document) -> Mapping[str, Any]:
    try:
        if document.source.path.endswith(".json"):
            data = json.loads(document.source.text)
        else:
            data = yaml.safe_load(document.source.text)
    except json.JSONDecodeError as error:
        raise _invalid(document, f"invalid JSON: {error.msg}", error.pos) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = None if mark is None else mark.index
        raise _invalid(document, f"invalid YAML: {error.problem}", at) from error
    except yaml.YAMLError as error:
        raise _invalid(document, f"invalid YAML: {error}", None) from error
    if data is None:
        document.refuse("the configuration is empty")
    if not isinstance(data, dict):
        document.refuse("the configuration is not a table of options")
    return data


def _invalid(document: Document, message: str, at: int | None) -> DiagnosticError:
    labels = () if at is None else (Label(Span(document.source, at, at + 1)),)
    return DiagnosticError(Diagnostic("invalid-config", "error", message, labels))


# Versions


def _version_2(reading: _Reading, data: Mapping[str, Any]) -> Iterator[PackageConfig]:
    reading.known(data, TOP_2, "Config")
    shared = _table(_table(data, "overrides"), "go")
    reading.leave(data.keys() - {"version", "sql", "overrides", "plugins"})
    entries = _entries(reading, data, "sql")
    plugins = [str(plugin.get("name", "")) for plugin in _list(data, "plugins")]
    for entry in entries:
        reading.known(entry, ENTRY, "SQL")
        if _other_engine(reading, entry.get("engine")):
            continue
        reading.leave(entry.keys() & {"database", "rules", "analyzer"})
        out, settings = _target(reading, entry, plugins)
        yield _package(
            reading,
            entry,
            out=out or _default_out(settings, entry, alone=len(entries) == 1),
            settings=settings,
            overrides=[*_list(shared, "overrides"), *_list(settings, "overrides")],
            renames={**_table(shared, "rename"), **_table(settings, "rename")},
        )


def _version_1(reading: _Reading, data: Mapping[str, Any]) -> Iterator[PackageConfig]:
    reading.known(data, TOP_1, "V1GenerateSettings")
    reading.leave(data.keys() - {"version", "packages", "overrides", "rename"})
    for entry in _entries(reading, data, "packages"):
        if _other_engine(reading, entry.get("engine", "postgresql")):
            continue
        if not entry.get("path"):
            reading.document.refuse("missing package path", "packages")
        yield _package(
            reading,
            entry,
            out=str(entry["path"]),
            settings={
                key: value
                for key, value in entry.items()
                if key not in ("engine", "schema", "queries")
            },
            overrides=[*_list(data, "overrides"), *_list(entry, "overrides")],
            renames={**_table(data, "rename"), **_table(entry, "rename")},
        )
        reading.leave(entry.keys() & {"database", "rules", "analyzer"})


def _entries(reading: _Reading, data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    entries = data.get(key)
    if not isinstance(entries, list) or not entries:
        reading.document.refuse("no packages", key)
    for entry in entries:
        if not isinstance(entry, dict):
            reading.document.refuse(f"`{key}` is a list of tables", key)
    return entries


def _other_engine(reading: _Reading, engine: object) -> bool:
    if engine not in _ENGINES:
        shown = f"unknown engine: {engine}" if engine else "unknown engine"
        reading.document.refuse(shown, "engine", did_you_mean(nearest(str(engine or ""), _ENGINES)))
    if engine != "postgresql":
        reading.leave([f"engine {engine}"])
    return engine != "postgresql"


def _target(
    reading: _Reading, entry: Mapping[str, Any], plugins: list[str]
) -> tuple[str, Mapping[str, Any]]:
    """The part of an entry that says how code is made: a Python plugin's before anyone else's."""
    for plugin in _list(entry, "codegen"):
        name = str(plugin.get("plugin", ""))
        if name not in plugins:
            reading.document.refuse("no plugin found", "codegen")
        if _PYTHON_PLUGINS.search(name):
            return str(plugin.get("out", "")), _table(plugin, "options")
    generators = _table(entry, "gen")
    for name in ("python", "go"):
        if isinstance(generators.get(name), dict):
            settings = _table(generators, name)
            if not settings.get("out"):
                reading.document.refuse("no output path", name)
            return str(settings["out"]), settings
    return "", {}


def _default_out(settings: Mapping[str, Any], entry: Mapping[str, Any], *, alone: bool) -> str:
    if alone:
        return PackageConfig().out
    name = entry.get("name") or settings.get("package") or "queries"
    return (PurePosixPath(PackageConfig().out) / str(name)).as_posix()


# One package


def _package(
    reading: _Reading,
    entry: Mapping[str, Any],
    *,
    out: str,
    settings: Mapping[str, Any],
    overrides: list[Any],
    renames: Mapping[str, Any],
) -> PackageConfig:
    left_out: list[str] = []
    converters = _list(settings, "converters")
    rules = tuple(read_overrides(reading.document, overrides, left_out, converters))
    reading.leave(left_out)
    _check_names(reading, settings)
    model = str(settings.get("model_type", "dataclass"))
    if settings.get("emit_pydantic_models"):
        model = "pydantic"
    return PackageConfig(
        schema=_paths(reading, entry, "schema"),
        queries=_paths(reading, entry, "queries"),
        out=out,
        options=PackageOptions(
            model=model if model in _MODEL_TYPES else "dataclass",  # type: ignore[arg-type]
            shape="class" if settings.get("emit_classes") else "functions",
            exact_names=bool(settings.get("emit_exact_table_names", False)),
            plural_models=tuple(map(str, _list(settings, "inflection_exclude_table_names"))),
            unused_models=settings.get("omit_unused_structs", settings.get("omit_unused_models"))
            is False,
            parameter_limit=_limit(reading, settings),
            overrides=rules,
            renames=read_renames(renames),
        ),
    )


def _check_names(reading: _Reading, settings: Mapping[str, Any]) -> None:
    """Options without an equal go into the warning; one that is nearly an equal is a mistake."""
    for key in settings.keys() - EQUALS - ANYWAY - ENTRY:
        near = nearest(str(key), EQUALS)
        if near:
            reading.document.refuse(
                f"field {key} not found in type opts.Options", str(key), did_you_mean(near)
            )
        reading.leave([str(key)])


def _limit(reading: _Reading, settings: Mapping[str, Any]) -> int | None:
    limit = settings.get("query_parameter_limit")
    if limit is None:
        return None
    if not isinstance(limit, int) or isinstance(limit, bool):
        reading.document.refuse(f"cannot unmarshal `{limit}` into int32", "query_parameter_limit")
    if limit < 0:
        if settings.get("sql_driver") in _PYTHON_DRIVERS:  # where it stands for no limit
            return None
        reading.document.refuse(
            "invalid options: query parameter limit must not be negative", "query_parameter_limit"
        )
    return limit


def _paths(reading: _Reading, entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = entry.get(key)
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not listed:
        reading.document.refuse(f"`{key}` is a path or a list of paths", key)
    return tuple(str(item) for item in listed)


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    return value if isinstance(value, list) else []


def _warnings(reading: _Reading) -> tuple[Diagnostic, ...]:
    if not reading.ignored:
        return ()
    names = sorted(reading.ignored)
    places = [label for name in names if " " not in name for label in reading.document.place(name)]
    return (
        Diagnostic(
            "sqlc-options-ignored",
            "warning",
            f"{reading.document.source.path} has options without an equal here: {', '.join(names)}",
            tuple(sorted(dict.fromkeys(places), key=lambda label: label.span.start)),
            help="`sqlwright init --from-sqlc` writes what is used as a configuration of its own",
        ),
    )

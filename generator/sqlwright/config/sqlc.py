"""sqlc's own configuration, versions 1 and 2, read as it is.

What has an equal here is taken over; what only concerns Go, other engines or sqlc's services is
named in one warning. What sqlc refuses is refused in its words. Meanings follow sqlc's
documentation of its configuration file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from sqlwright.codegen.model_kinds import MODEL_KINDS
from sqlwright.codegen.options import PackageOptions
from sqlwright.config.located import Located, Path, parse
from sqlwright.config.model import (
    OTHER_FOLDER,
    PackageConfig,
    is_keyword_folder,
    unimportable,
)
from sqlwright.config.sqlc_overrides import Rules, read_overrides, read_renames
from sqlwright.config.sqlc_shape import ANYWAY, EQUALS, PYTHON_OPTIONS, VERSION_1, VERSION_2
from sqlwright.dataclass import dataclass, field, replace
from sqlwright.diagnostics import Diagnostic
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile

_PYTHON_PLUGINS = pattern(r"py(thon)?|better", re.IGNORECASE)
_DRIVER = "asyncpg"
_PYTHON_DRIVERS = {
    _DRIVER,
    *("psycopg_async", "psycopg_sync"),
    *("aiosqlite", "sqlite3", "turso_async", "turso_sync"),
    *("asyncmy", "pymysql"),
}
"""What the plugins' option can name, unlike that of Go."""
_ENGINES = {"postgresql", "mysql", "sqlite"}


@dataclass(slots=True)
class _Reading:
    """One pass over a document, collecting what had to be left out and where it stands."""

    document: Located
    ignored: dict[str, Path] = field(default_factory=dict)

    def leave(self, name: str, path: Path) -> None:
        """Name an option in the warning."""
        self.ignored.setdefault(name, path)

    def leave_keys(self, table: Mapping[str, Any], keys: Iterable[str], path: Path) -> None:
        """Name those of the keys that a table has."""
        for key in keys:
            if key in table:
                self.leave(key, (*path, key))


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the document with what says how its code is made."""

    table: Mapping[str, Any]
    path: Path
    settings: Mapping[str, Any]
    settings_path: Path
    out: str


def read_sqlc(source: SourceFile) -> tuple[tuple[PackageConfig, ...], tuple[Diagnostic, ...]]:
    """The PostgreSQL packages of a sqlc configuration, and a warning about what was left out.

    Raises DiagnosticError `invalid-config` for what sqlc would refuse too.
    """
    document = parse(source)
    reading = _Reading(document)
    version = document.text_at_top("version")
    if version == "2":
        packages = list(_version_2(reading, document.read(VERSION_2)))
    elif version == "1":
        packages = list(_version_1(reading, document.read(VERSION_1)))
    elif version is None:
        document.refuse("no version number", help='begin it with `version: "2"`')
    else:
        document.refuse("invalid version number", ("version",), 'the versions are "1" and "2"')
    if not packages:
        document.refuse("no packages for engine postgresql", help="there is nothing to do here")
    return _joined(packages), _warnings(reading)


# Versions


def _version_2(reading: _Reading, data: Mapping[str, Any]) -> Iterator[PackageConfig]:
    shared = data.get("overrides", {}).get("go", {})
    rules = Rules(shared.get("overrides", []), ("overrides", "go", "overrides"))
    reading.leave_keys(data, ("cloud", "rules", "options", "servers"), ())
    plugins = _plugins(reading, data)
    entries = _entries(reading, data, "sql")
    for index, table in enumerate(entries):
        path: Path = ("sql", index)
        if _other_engine(reading, table.get("engine"), path):
            continue
        entry = _target(reading, table, path, plugins)
        if not entry.out:
            entry = replace(entry, out=_default_out(table, alone=len(entries) == 1))
        renames = (shared.get("rename", {}), ("overrides", "go", "rename"))
        yield _package(reading, entry, rules, renames)


def _version_1(reading: _Reading, data: Mapping[str, Any]) -> Iterator[PackageConfig]:
    rules = Rules(data.get("overrides", []), ("overrides",))
    reading.leave_keys(data, ("cloud", "rules"), ())
    for index, table in enumerate(_entries(reading, data, "packages")):
        path: Path = ("packages", index)
        if _other_engine(reading, table.get("engine", "postgresql"), path):
            continue
        if not table.get("path"):
            reading.document.refuse("missing package path", path)
        settings = {key: value for key, value in table.items() if key not in _NOT_SETTINGS}
        entry = _Entry(table, path, settings, path, str(table["path"]))
        yield _package(reading, entry, rules, (data.get("rename", {}), ("rename",)))


OVERRIDE = "override of "
MOST_RULES = 3
"""How many overrides are worth naming one by one."""
_OF_CLASSES = ("emit_classes", "emit_async_querier", "emit_interface")
_SERVICES = ("database", "rules", "analyzer")
_NOT_SETTINGS = {"engine", "schema", "queries", "strict_function_checks", "strict_order_by"}
_NOT_SETTINGS.update(_SERVICES)


def _entries(reading: _Reading, data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    entries: list[Mapping[str, Any]] = data.get(key, [])
    if not entries:
        reading.document.refuse("no packages", (key,))
    return entries


def _plugins(reading: _Reading, data: Mapping[str, Any]) -> set[str]:
    names: set[str] = set()
    for index, plugin in enumerate(data.get("plugins", [])):
        path: Path = ("plugins", index)
        if not plugin.get("name"):
            reading.document.refuse("missing plugin name", path)
        if "process" not in plugin and "wasm" not in plugin:
            reading.document.refuse("plugin: field `process` or `wasm` required", path)
        names.add(str(plugin["name"]))
    return names


def _other_engine(reading: _Reading, engine: str | None, path: Path) -> bool:
    if engine not in _ENGINES:
        shown = f"unknown engine: {engine}" if engine else "unknown engine"
        near = did_you_mean(nearest(engine or "", _ENGINES))
        reading.document.refuse(shown, (*path, "engine"), near)
    if engine != "postgresql":
        reading.leave(f"engine {engine}", (*path, "engine"))
    return engine != "postgresql"


def _target(reading: _Reading, table: Mapping[str, Any], path: Path, plugins: set[str]) -> _Entry:
    """The part of an entry that says how code is made: a Python plugin's before anyone else's."""
    found: list[_Entry] = []
    for index, plugin in enumerate(table.get("codegen", [])):
        name, at = str(plugin.get("plugin", "")), (*path, "codegen", index)
        if name not in plugins:
            reading.document.refuse("no plugin found", (*at, "plugin"))
        if _PYTHON_PLUGINS.search(name):
            found.append(_python(reading, table, path, (*at, "options"), plugin.get("out")))
        else:
            reading.leave(f"plugin {name}", (*at, "plugin"))
    generators = table.get("gen", {})
    if "python" in generators:
        found.append(_python(reading, table, path, (*path, "gen", "python"), None))
    if "go" in generators:
        go, at = generators["go"], (*path, "gen", "go")
        if not go.get("out"):
            reading.document.refuse("missing package path", at, "add `out`")
        found.append(_Entry(table, path, go, at, str(go["out"])))
    for name in ("json", "kotlin"):
        if name in generators:
            reading.leave(f"gen {name}", (*path, "gen", name))
    return found[0] if found else _Entry(table, path, {}, path, "")


def _python(
    reading: _Reading, table: Mapping[str, Any], path: Path, at: Path, out: str | None
) -> _Entry:
    settings = reading.document.read_open(PYTHON_OPTIONS, at) or {}
    return _Entry(table, path, settings, at, str(out or settings.get("out", "")))


def _default_out(table: Mapping[str, Any], *, alone: bool) -> str:
    if alone:
        return PackageConfig().out
    return (PurePosixPath(PackageConfig().out) / str(table.get("name", "queries"))).as_posix()


# One package


def _package(
    reading: _Reading, entry: _Entry, shared: Rules, renames: tuple[Mapping[str, str], Path]
) -> PackageConfig:
    settings, document = entry.settings, reading.document
    reading.leave_keys(entry.table, _SERVICES, entry.path)
    path = (*entry.settings_path, "overrides")
    own = Rules(settings.get("overrides", []), path, by_calling="sql_driver" in settings)
    rules = [
        rule
        for each in (shared, own)
        for rule in read_overrides(document, each, reading.leave, settings.get("converters", []))
    ]
    for key, value in settings.items():
        if key not in EQUALS and key not in ANYWAY and value is not False:
            reading.leave(key, (*entry.settings_path, key))
    driver = settings.get("sql_driver")
    if driver in _PYTHON_DRIVERS - {_DRIVER}:
        reading.leave(f"sql_driver {driver}", (*entry.settings_path, "sql_driver"))
    if is_keyword_folder(entry.out):
        document.refuse(unimportable(entry.out), (*entry.settings_path, "out"), OTHER_FOLDER)
    model = "pydantic" if settings.get("emit_pydantic_models") else settings.get("model_type")
    own_renames = (settings.get("rename", {}), (*entry.settings_path, "rename"))
    unused = settings.get("omit_unused_structs", settings.get("omit_unused_models"))
    return PackageConfig(
        schema=tuple(map(_inside, entry.table.get("schema", ()))),
        queries=tuple(map(_inside, _queries(reading, entry))),
        out=_inside(entry.out),
        out_span=document.span((*entry.settings_path, "out")),
        unknown_functions="warn" if entry.table.get("strict_function_checks") is False else "error",
        options=PackageOptions(
            model=model if model in MODEL_KINDS else "dataclass",
            shape="class" if any(map(settings.get, _OF_CLASSES)) else "functions",
            exact_names=bool(settings.get("emit_exact_table_names")),
            plural_models=tuple(settings.get("inflection_exclude_table_names", ())),
            unused_models=unused is False,
            parameter_limit=_limit(reading, entry),
            overrides=tuple(rules),
            renames=read_renames(document, (renames, own_renames)),
        ),
    )


def _inside(path: str) -> str:
    """A path as sqlc means it: within the configuration's folder, even one that begins with `/`."""
    return path.lstrip("/") or "."


def _queries(reading: _Reading, entry: _Entry) -> tuple[str, ...]:
    queries = tuple(entry.table.get("queries", ()))
    if not queries:
        reading.document.refuse(
            "no queries contained in paths", (*entry.path, "queries"), "say where `queries` are"
        )
    return queries


def _limit(reading: _Reading, entry: _Entry) -> int | None:
    limit: int | None = entry.settings.get("query_parameter_limit")
    if limit is not None and limit < 0:
        if entry.settings.get("sql_driver") in _PYTHON_DRIVERS:  # where it stands for no limit
            return None
        reading.document.refuse(
            "invalid options: query parameter limit must not be negative",
            (*entry.settings_path, "query_parameter_limit"),
        )
    return limit


def _joined(packages: Sequence[PackageConfig]) -> tuple[PackageConfig, ...]:
    """Entries that differ in their queries alone are one package, as their files in Go are."""
    joined: dict[PackageConfig, tuple[str, ...]] = {}
    for package in packages:
        rest = replace(package, queries=())
        joined[rest] = tuple(dict.fromkeys((*joined.get(rest, ()), *package.queries)))
    return tuple(replace(rest, queries=queries) for rest, queries in joined.items())


def _warnings(reading: _Reading) -> tuple[Diagnostic, ...]:
    if not reading.ignored:
        return ()
    path = reading.document.source.path
    labels = [label for at in reading.ignored.values() for label in reading.document.label(at)]
    rules = sorted(name for name in reading.ignored if name.startswith(OVERRIDE))
    names = sorted(name for name in reading.ignored if name not in rules)
    if len(rules) > MOST_RULES:
        names.append(f"{len(rules)} overrides with types of Go")
    else:
        names = sorted([*names, *rules])
    return (
        Diagnostic(
            "sqlc-options-ignored",
            "warning",
            f"{path} has options without an equal here: {', '.join(names)}",
            tuple(sorted(dict.fromkeys(labels), key=lambda label: label.span.start)),
            ("\n".join(rules),) if len(rules) > MOST_RULES else (),
            help="`-v` shows where; `sqlwright init --from-sqlc` writes what is used as a "
            "configuration of its own",
        ),
    )

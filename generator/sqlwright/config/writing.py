"""Writing a configuration: the commented one of a new project, and sqlc's in native form."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from sqlwright.codegen.options import JsonOptions, Override, Renames
from sqlwright.config.model import PackageConfig
from sqlwright.config.options import OPTIONS, Option, json_schema
from sqlwright.dataclass import fields
from sqlwright.patterns import pattern

SCHEMA_FILE = "sqlwright.schema.json"
"""What tells editors that complete TOML of the options."""
_LINK = pattern(r"\[([^\]]+)\]\([^)]*\)")
_SHOWN_FIRST = ("schema", "queries", "out")


def commented_toml() -> str:
    """A `sqlwright.toml` that sets the paths and shows every other option, commented out, with its
    default."""
    default = PackageConfig()
    lines = [
        f"#:schema ./{SCHEMA_FILE}",
        "# Configuration of sqlwright; paths are relative to this file.",
        "",
    ]
    # Tables last: whatever followed one would belong to it once it is uncommented.
    for option in sorted(OPTIONS, key=lambda option: option.name in _TABLES):
        value = _value(option, default)
        meaning = _LINK.sub(r"\1", option.meaning)
        lines += [f"# {line}" for line in textwrap.wrap(f"{meaning}{_choices(option)}", 96)]
        if option.name in _SHOWN_FIRST:
            lines += [f"{option.name} = {_toml(value)}", ""]
        elif (text := _default(option, value)) is not None:
            lines += [f"# {option.name} = {text}", ""]
        else:
            lines += ["# None unless set; for example:"]
            lines += [f"# {example}" for example in _EXAMPLES[option.name]] + [""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _choices(option: Option) -> str:
    """The values that an option can have, where they can be listed."""
    schemas = (option.schema, *option.schema.get("oneOf", ()))
    values = [value for each in schemas for value in each.get("enum", ()) if isinstance(value, str)]
    return f" One of {', '.join(map(_toml, values))}." if values else ""


def schema_text() -> str:
    """The JSON schema of the configuration, as a file."""
    return json.dumps(json_schema(), indent=2) + "\n"


def native_toml(packages: Sequence[PackageConfig]) -> str:
    """Package configurations as a `sqlwright.toml` that reads back as the same."""
    if len(packages) == 1:
        return "\n".join(_package(packages[0], "")).strip("\n") + "\n"
    parts = [
        "\n".join(["[[packages]]", *_package(package, "packages.")]).strip("\n")
        for package in packages
    ]
    return "\n\n".join(parts) + "\n"


_EXAMPLES = {
    "overrides": (
        "[[overrides]]",
        'column = "authors.email"',
        'python = "my_project.types.Email"',
    ),
    "diagnostics": ("[diagnostics]", 'many-returns-one = "off"'),
    "renames": ("[renames.fields]", 'class = "category"'),
    "parameter-limit": ("parameter-limit = 4",),
    "line-length": ("line-length = 100",),
    "required-version": ('required-version = ">=0.1, <0.3"',),
    "runtime": ('runtime = "app.db.runtime"',),
}

_TABLES = ("diagnostics", "overrides", "renames")


def default_text(option: Option, package: PackageConfig) -> str | None:
    """An option's value as TOML, None for one that is a table or has none."""
    value = _value(option, package)
    return None if value in (None, ()) or option.name in _TABLES else _default(option, value)


def _default(option: Option, value: Any) -> str | None:
    if option.name in _EXAMPLES:
        return None
    if isinstance(value, JsonOptions):
        return _toml(value.form)
    return _toml(str(value) if option.name == "postgresql" else value)


def _value(option: Option, package: PackageConfig) -> Any:
    return getattr(package.options if option.look else package, option.field)


def _package(package: PackageConfig, prefix: str) -> Iterator[str]:
    """Plain values first: in TOML, whatever follows a table's heading belongs to that table."""
    default = PackageConfig()
    changed = [
        (option, value)
        for option in OPTIONS
        if (value := _value(option, package)) != _value(option, default)
        or option.name in _SHOWN_FIRST
    ]
    for option, value in changed:
        if not isinstance(value, (JsonOptions, Renames)) and option.name not in _TABLES:
            yield f"{option.name} = {_toml(str(value) if option.name == 'postgresql' else value)}"
    for _, value in changed:
        if isinstance(value, JsonOptions):
            yield from _json(value, prefix)
        elif isinstance(value, Renames):
            yield from _renames(value, prefix)
    if package.diagnostics:
        yield from ("", f"[{prefix}diagnostics]")
        yield from (f"{code} = {_toml(weight)}" for code, weight in package.diagnostics)
    for override in package.options.overrides:
        yield from _override(override, prefix)


def _json(value: JsonOptions, prefix: str) -> Iterator[str]:
    yield from ("", f"[{prefix}json]", f"form = {_toml(value.form)}")
    yield f"library = {_toml(value.library)}"
    if value.columns:
        yield from ("", f"[{prefix}json.columns]")
        yield from (f"{_toml(item.place)} = {_toml(item.python)}" for item in value.columns)


def _renames(value: Renames, prefix: str) -> Iterator[str]:
    for part in fields(Renames):
        if part.compare and (pairs := getattr(value, part.name)):
            yield from ("", f"[{prefix}renames.{part.name}]")
            yield from (f"{_toml(old)} = {_toml(new)}" for old, new in pairs)


def _override(override: Override, prefix: str) -> Iterator[str]:
    yield from ("", f"[[{prefix}overrides]]")
    for part in fields(Override):
        value = getattr(override, part.name)
        if value is not None and part.compare and part.name != "of_text":
            yield f"{part.name.replace('_', '-')} = {_toml(value)}"


def _toml(value: Any) -> str:
    """A value as TOML; its texts, lists and booleans are written as in JSON."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)

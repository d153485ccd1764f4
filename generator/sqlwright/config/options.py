"""Every option of the native configuration: its name, its kind, what it means.

One list serves reading, the JSON schema for editors and the reference page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from keyword import iskeyword
from typing import Any, get_args

from sqlwright.codegen.options import (
    JsonForm,
    JsonLibrary,
    JsonOptions,
    ModelName,
    Override,
    Renames,
    Shape,
    TypedJson,
)
from sqlwright.codegen.types.expressions import TypeTextError, parse_function, parse_type
from sqlwright.config.document import Document
from sqlwright.config.model import OTHER_FOLDER, is_importable_folder, unimportable
from sqlwright.config.required import accepts
from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import CODES
from sqlwright.diagnostics.severities import Weight
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.version import __version__

Schema = dict[str, Any]
Read = Callable[[Document, str, Any], Any]


@dataclass(frozen=True, slots=True)
class Option:
    """An option as written in TOML. `field` is the attribute it fills, of the package's
    configuration itself or, with `look` set, of its `PackageOptions`."""

    name: str
    field: str
    look: bool
    read: Read
    schema: Schema
    meaning: str


def _choice(choices: tuple[Any, ...]) -> tuple[Read, Schema]:
    def read(document: Document, key: str, value: Any) -> Any:
        if value not in choices or isinstance(value, bool):
            listed = ", ".join(f'"{choice}"' for choice in choices)
            near = nearest(str(value), map(str, choices))
            document.refuse(f"`{key}` is one of {listed}", key, did_you_mean(near))
        return value

    return read, {"enum": list(choices)}


def _paths(document: Document, key: str, value: Any) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    return _texts(document, key, listed, required=key == "queries")


def _texts(document: Document, key: str, value: Any, *, required: bool = False) -> tuple[str, ...]:
    good = isinstance(value, list) and all(isinstance(item, str) and item for item in value)
    if not good or (required and not value):
        document.refuse(f"`{key}` is a list of texts", key)
    return tuple(value)


def _names(document: Document, key: str, value: Any) -> tuple[str, ...]:
    return _texts(document, key, value)


def _text(document: Document, key: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        document.refuse(f"`{key}` is a text", key)
    return value


def _package_folder(document: Document, key: str, value: Any) -> str:
    out = _text(document, key, value)
    if not is_importable_folder(out):
        document.refuse(unimportable(out), key, OTHER_FOLDER)
    return out


def _requirement(document: Document, key: str, value: Any) -> str:
    required = _text(document, key, value)
    try:
        met = accepts(required, __version__)
    except ValueError as error:
        document.refuse(f"`{error}` is no requirement of a version", key, 'such as ">=0.1, <0.3"')
    if not met:
        document.refuse(
            f"this is sqlwright {__version__}, and the project takes `{required}`",
            key,
            f"install one of those: `pip install 'sqlwright{_installable(required)}'`",
        )
    return required


def _installable(required: str) -> str:
    return required if required.strip()[0] in "<>=!~" else f"=={required.strip()}"


def _module(document: Document, key: str, value: Any) -> str:
    name = _text(document, key, value)
    parts = name.split(".")
    if len(parts) < 2 or not all(part.isidentifier() and not iskeyword(part) for part in parts):
        document.refuse(
            f'`{key}` is the dotted name of a package, such as "app.db.runtime"',
            key,
        )
    return name


def _flag(document: Document, key: str, value: Any) -> bool:
    if not isinstance(value, bool):
        document.refuse(f"`{key}` is true or false", key)
    return value


def _limit(document: Document, key: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        document.refuse(f"`{key}` is a number, 0 or more", key)
    return value


def _major(document: Document, key: str, value: Any) -> int:
    majors = ("14", "15", "16", "17", "18")
    if str(value) not in majors or isinstance(value, bool):
        document.refuse(f'`{key}` is a major version, "14" to "18"', key)
    return int(value)


def _new_names(document: Document, key: str, value: Any) -> tuple[tuple[str, str], ...]:
    pairs = _pairs(document, key, value)
    for old, new in pairs:
        if not new.isidentifier() or iskeyword(new):
            document.refuse(f"`{new}` is not a name in Python", f"{key}.{old}")
    return pairs


def _pairs(document: Document, key: str, value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        document.refuse(f"`{key}` is a table of texts", key)
    return tuple(value.items())


def _known_keys(
    document: Document, key: str, value: Any, known: Mapping[str, Any]
) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        document.refuse(f"`{key}` is a table", key)
    for name in value:
        if name not in known:
            document.unknown(name, known, f" of `{key}`")
    return value


def _weights(document: Document, key: str, value: Any) -> tuple[tuple[str, Weight], ...]:
    read, _ = _choice(get_args(Weight))
    table = _known_keys(document, key, value, dict.fromkeys(CODES))
    return tuple((code, read(document, f"{key}.{code}", weight)) for code, weight in table.items())


def _json(document: Document, key: str, value: Any) -> JsonOptions:
    if isinstance(value, str):
        value = {"form": value}
    table = _known_keys(document, key, value, _JSON)
    form, _ = _choice(get_args(JsonForm))
    library, _ = _choice(get_args(JsonLibrary))
    columns = _pairs(document, f"{key}.columns", table.get("columns", {}))
    for place, python in columns:
        _python(document, place, python)
    return JsonOptions(
        form=form(document, f"{key}.form", table.get("form", "decoded")),
        library=library(document, f"{key}.library", table.get("library", "stdlib")),
        columns=tuple(
            TypedJson(place, python, document.value_span(place, python))
            for place, python in columns
        ),
    )


def _overrides(document: Document, key: str, value: Any) -> tuple[Override, ...]:
    if not isinstance(value, list):
        document.refuse(f"`{key}` is a list of tables", key)
    return tuple(_override(document.within(key, at), key, item) for at, item in enumerate(value))


def _override(document: Document, key: str, value: Any) -> Override:
    table = _known_keys(document, key, value, _OVERRIDE)
    places = [name for name in ("column", "type", "query") if name in table]
    if len(places) != 1:
        document.refuse("an override names exactly one of `column`, `type` and `query`", key)
    if "python" not in table:
        document.refuse("an override needs `python`, the type to use", key)
    for name, item in table.items():
        read: Read = _OVERRIDE_READERS.get(name, _text)
        read(document, f"{key}.{name}", item)
    return Override(**{name.replace("-", "_"): item for name, item in table.items()})


def _python(document: Document, key: str, value: Any) -> str:
    return _parsed(document, key, value, parse_type)


def _function(document: Document, key: str, value: Any) -> str:
    return _parsed(document, key, value, parse_function)


def _parsed(document: Document, key: str, value: Any, parse: Callable[[str], object]) -> str:
    text = _text(document, key, value)
    try:
        parse(text)
    except TypeTextError as error:
        document.refuse_part(key, text, (error.start, error.end), error.message, error.help)
    return text


_OVERRIDE_READERS: dict[str, Read] = {
    "nullable": _flag,
    "python": _python,
    "to-db": _function,
    "from-db": _function,
}


def _renames(document: Document, key: str, value: Any) -> Renames:
    table = _known_keys(document, key, value, _RENAMES)
    return Renames(
        **{name: _new_names(document, f"{key}.{name}", item) for name, item in table.items()}
    )


_TEXT: Schema = {"type": "string", "minLength": 1}
_TEXT_LIST: Schema = {"type": "array", "items": _TEXT}
_TEXT_TABLE: Schema = {"type": "object", "additionalProperties": {"type": "string"}}
_FLAG: Schema = {"type": "boolean"}
_PATHS: Schema = {"oneOf": [_TEXT, _TEXT_LIST]}
_PATHS_REQUIRED: Schema = {"oneOf": [_TEXT, {**_TEXT_LIST, "minItems": 1}]}

_JSON: Schema = {
    "form": {"enum": list(get_args(JsonForm))},
    "library": {"enum": list(get_args(JsonLibrary))},
    "columns": _TEXT_TABLE,
}
_OVERRIDE: Schema = {
    "column": _TEXT,
    "type": _TEXT,
    "query": _TEXT,
    "python": _TEXT,
    "nullable": _FLAG,
    "to-db": _TEXT,
    "from-db": _TEXT,
}
_RENAMES: Schema = dict.fromkeys(
    ("fields", "models", "enums", "functions", "exceptions"), _TEXT_TABLE
)


def _table(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


OPTIONS: tuple[Option, ...] = (
    Option("schema", "schema", False, _paths, _PATHS, "Schema files and folders, in order."),
    Option("queries", "queries", False, _paths, _PATHS_REQUIRED, "Query files and folders."),
    Option("out", "out", False, _package_folder, _TEXT, "Folder of the generated package."),
    Option(
        "postgresql",
        "postgresql",
        False,
        _major,
        {"enum": ["14", "15", "16", "17", "18", 14, 15, 16, 17, 18]},
        "Major version of PostgreSQL whose types, functions and syntax count.",
    ),
    Option(
        "schema-order",
        "schema_order",
        False,
        *_choice(("any", "strict")),
        "Whether a schema that no server would load in the order of its statements is taken as a "
        "description, with one warning, or refused.",
    ),
    Option(
        "diagnostics",
        "diagnostics",
        False,
        _weights,
        {
            "type": "object",
            "propertyNames": {"enum": list(CODES)},
            "additionalProperties": {"enum": list(get_args(Weight))},
        },
        "What warnings and notes of a code are: an error, a warning, or nothing. What is an error "
        "anyway stays one; a single report is [allowed](tools.md) where it stands.",
    ),
    Option(
        "unknown-functions",
        "unknown_functions",
        False,
        *_choice(("error", "warn")),
        "What a call of a function that the schema does not have is: an error, or a warning; its "
        "result then needs a cast.",
    ),
    Option("model", "model", True, *_choice(get_args(ModelName)), "Kind of the row classes."),
    Option("frozen", "frozen", True, _flag, _FLAG, "Make row objects immutable."),
    Option(
        "shape",
        "shape",
        True,
        *_choice(get_args(Shape)),
        "Plain functions, or a `Querier` class over a connection as well.",
    ),
    Option(
        "json",
        "json",
        True,
        _json,
        {"oneOf": [{"enum": list(get_args(JsonForm))}, _table(_JSON)]},
        "json and jsonb decoded or as text, the library that decodes, and types of columns.",
    ),
    Option(
        "overrides",
        "overrides",
        True,
        _overrides,
        {"type": "array", "items": {**_table(_OVERRIDE), "required": ["python"]}},
        "Python types in place of the usual ones, by column, type or query.",
    ),
    Option(
        "renames",
        "renames",
        True,
        _renames,
        _table(_RENAMES),
        "Names for fields, models, enums, functions and exceptions.",
    ),
    Option(
        "exact-names",
        "exact_names",
        True,
        _flag,
        _FLAG,
        "Name models exactly as tables, without making them singular.",
    ),
    Option(
        "plural-models",
        "plural_models",
        True,
        _names,
        _TEXT_LIST,
        "Tables whose models keep their plural name.",
    ),
    Option(
        "unused-models",
        "unused_models",
        True,
        _flag,
        _FLAG,
        "Write models of tables that no query returns, too.",
    ),
    Option(
        "parameter-limit",
        "parameter_limit",
        True,
        _limit,
        {"type": "integer", "minimum": 0},
        "Most parameters a function takes one by one; above, one object of a class of its own.",
    ),
    Option("domain-types", "domain_types", True, _flag, _FLAG, "Give each domain a `NewType`."),
    Option(
        "required-version",
        "required_version",
        False,
        _requirement,
        _TEXT,
        "Versions of sqlwright that may generate; others refuse to. What changes with the version "
        "is [written down](versions.md).",
    ),
    Option(
        "check-literals",
        "check_literals",
        True,
        _flag,
        _FLAG,
        "Annotate columns whose values a CHECK lists with a "
        "[`Literal`](types.md#values-that-a-check-lists) of them.",
    ),
    Option(
        "runtime",
        "runtime",
        True,
        _module,
        {"type": "string", "pattern": r"^\w+(\.\w+)+$"},
        "Dotted name of a package that has `Connection`, `NoRowError` and what else is the same in "
        "all packages; with [several](#several-packages) they share it.",
    ),
    Option(
        "exceptions",
        "exceptions",
        True,
        _flag,
        _FLAG,
        "Raise an error of a class of its own for each constraint that is violated.",
    ),
)


def json_schema() -> Schema:
    """A JSON schema of the native configuration, for editors (docs/sqlwright.schema.json)."""
    own = {item.name: {**item.schema, "description": item.meaning} for item in OPTIONS}
    packages = {"type": "array", "minItems": 1, "items": _table(own)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "sqlwright",
        **_table({**own, "packages": {**packages, "description": "Several packages."}}),
    }

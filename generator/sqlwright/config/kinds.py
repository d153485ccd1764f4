"""The kinds of values that options have: how each is read, and its JSON schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from keyword import iskeyword
from typing import Any, get_args

from sqlwright.codegen.options import (
    JsonForm,
    JsonLibrary,
    JsonOptions,
    Override,
    Renames,
    TypedJson,
)
from sqlwright.codegen.types.expressions import TypeTextError, parse_function, parse_type
from sqlwright.config.document import Document
from sqlwright.config.model import OTHER_FOLDER, is_importable_folder, unimportable
from sqlwright.config.required import accepts
from sqlwright.diagnostics import CODES
from sqlwright.diagnostics.severities import Weight
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.version import __version__

Schema = dict[str, Any]
Read = Callable[[Document, str, Any], Any]
"""Takes the value of a key out of a document; refuses any other with its place."""

TEXT: Schema = {"type": "string", "minLength": 1}
TEXT_LIST: Schema = {"type": "array", "items": TEXT}
_TEXT_TABLE: Schema = {"type": "object", "additionalProperties": {"type": "string"}}
FLAG: Schema = {"type": "boolean"}
PATHS: Schema = {"oneOf": [TEXT, TEXT_LIST]}
PATHS_REQUIRED: Schema = {"oneOf": [TEXT, {**TEXT_LIST, "minItems": 1}]}
JSON: Schema = {
    "form": {"enum": list(get_args(JsonForm))},
    "library": {"enum": list(get_args(JsonLibrary))},
    "columns": _TEXT_TABLE,
}
OVERRIDE: Schema = {
    "column": TEXT,
    "type": TEXT,
    "query": TEXT,
    "python": TEXT,
    "nullable": FLAG,
    "to-db": TEXT,
    "from-db": TEXT,
}
RENAMES: Schema = dict.fromkeys(
    ("fields", "models", "enums", "functions", "exceptions"), _TEXT_TABLE
)


def choice(choices: tuple[Any, ...]) -> tuple[Read, Schema]:
    """One of these values: how it is read, and its schema."""

    def read(document: Document, key: str, value: Any) -> Any:
        if value not in choices or isinstance(value, bool):
            listed = ", ".join(f'"{choice}"' for choice in choices)
            near = nearest(str(value), map(str, choices))
            document.refuse(f"`{key}` is one of {listed}", key, did_you_mean(near))
        return value

    return read, {"enum": list(choices)}


def paths(document: Document, key: str, value: Any) -> tuple[str, ...]:
    """One path or several."""
    listed = [value] if isinstance(value, str) else value
    return _texts(document, key, listed, required=key == "queries")


def _texts(document: Document, key: str, value: Any, *, required: bool = False) -> tuple[str, ...]:
    good = isinstance(value, list) and all(isinstance(item, str) and item for item in value)
    if not good or (required and not value):
        empty = value in ([], [""])
        document.refuse(f"`{key}` is {'empty' if empty else 'a list of texts'}", key)
    return tuple(value)


def names(document: Document, key: str, value: Any) -> tuple[str, ...]:
    """A list of texts."""
    return _texts(document, key, value)


def _text(document: Document, key: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        document.refuse(f"`{key}` is {'empty' if value == '' else 'a text'}", key)
    return value


def package_folder(document: Document, key: str, value: Any) -> str:
    """A folder that can be imported as a package."""
    out = _text(document, key, value)
    if not is_importable_folder(out):
        document.refuse(unimportable(out), key, OTHER_FOLDER)
    return out


def requirement(document: Document, key: str, value: Any) -> str:
    """Versions of sqlwright, of which this one has to be one."""
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


def module(document: Document, key: str, value: Any) -> str:
    """The name of a Python package."""
    name = _text(document, key, value)
    parts = name.split(".")
    if len(parts) < 2 or not all(part.isidentifier() and not iskeyword(part) for part in parts):
        document.refuse(
            f'`{key}` is the dotted name of a package, such as "app.db.runtime"',
            key,
        )
    return name


def flag(document: Document, key: str, value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        document.refuse(f"`{key}` is true or false", key)
    return value


FEWEST_COLUMNS = 60


def columns(document: Document, key: str, value: Any) -> int:
    """A length of lines."""
    if not isinstance(value, int) or isinstance(value, bool) or value < FEWEST_COLUMNS:
        document.refuse(f"`{key}` is a number, {FEWEST_COLUMNS} or more", key)
    return value


def limit(document: Document, key: str, value: Any) -> int:
    """A number from 0 on."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        document.refuse(f"`{key}` is a number, 0 or more", key)
    return value


def major(document: Document, key: str, value: Any) -> int:
    """A major version of PostgreSQL."""
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
    if not isinstance(value, dict):
        document.refuse(f"`{key}` is a table of texts", key)
    other = next((name for name, item in value.items() if not isinstance(item, str)), None)
    if other is not None:
        document.refuse(f"`{key}` is a table of texts", f"{key}.{other}")
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


_CODE = "a code is what a report begins with, as in `error[unknown-column]`"


def weights(document: Document, key: str, value: Any) -> tuple[tuple[str, Weight], ...]:
    """What diagnostics are, by code."""
    read, _ = choice(get_args(Weight))
    table = value if isinstance(value, dict) else document.refuse(f"`{key}` is a table", key)
    for code in table:
        if code not in CODES:
            document.unknown(code, CODES, f" of `{key}`", _CODE)
    return tuple((code, read(document, f"{key}.{code}", weight)) for code, weight in table.items())


def json(document: Document, key: str, value: Any) -> JsonOptions:
    """The table of what is done with json."""
    if isinstance(value, str):
        value = {"form": value}
    table = _known_keys(document, key, value, JSON)
    form, _ = choice(get_args(JsonForm))
    library, _ = choice(get_args(JsonLibrary))
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


def overrides(document: Document, key: str, value: Any) -> tuple[Override, ...]:
    """The rules for Python types."""
    if not isinstance(value, list):
        document.refuse(f"`{key}` is a list of tables", key)
    return tuple(_override(document.within(key, at), key, item) for at, item in enumerate(value))


def _override(document: Document, key: str, value: Any) -> Override:
    table = _known_keys(document, key, value, OVERRIDE)
    places = [name for name in ("column", "type", "query") if name in table]
    if len(places) != 1:
        document.refuse("an override names exactly one of `column`, `type` and `query`", key)
    if "python" not in table:
        document.refuse("an override needs `python`, the type to use", key)
    for name, item in table.items():
        read: Read = _OVERRIDE_READERS.get(name, _text)
        read(document, f"{key}.{name}", item)
    place = f"{key}.{places[0]}"
    span = document.value_span(place, table[places[0]]) or document.key_span(place)
    return Override(**{name.replace("-", "_"): item for name, item in table.items()}, span=span)


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
    "nullable": flag,
    "python": _python,
    "to-db": _function,
    "from-db": _function,
}


def renames(document: Document, key: str, value: Any) -> Renames:
    """New names, by what they are the names of."""
    table = _known_keys(document, key, value, RENAMES)
    pairs = {name: _new_names(document, f"{key}.{name}", item) for name, item in table.items()}
    places = [f"{name}.{old}" for name, items in pairs.items() for old, _ in items]
    spans = [(place, document.key_span(f"{key}.{place}")) for place in places]
    return Renames(**pairs, spans=tuple((place, span) for place, span in spans if span))

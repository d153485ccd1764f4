"""Every option of the native configuration: its name, its kind, what it means.

One list serves reading, the JSON schema for editors and the reference page.
"""

from __future__ import annotations

from typing import get_args

from sqlwright.codegen.options import (
    JsonForm,
    ModelName,
    Shape,
)
from sqlwright.config import kinds
from sqlwright.config.kinds import Read, Schema
from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import CODES
from sqlwright.diagnostics.severities import Weight


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


def _table(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


OPTIONS: tuple[Option, ...] = (
    Option(
        "schema", "schema", False, kinds.paths, kinds.PATHS, "Schema files and folders, in order."
    ),
    Option(
        "queries",
        "queries",
        False,
        kinds.paths,
        kinds.PATHS_REQUIRED,
        "Query files, folders and patterns. A folder stands for its own `.sql` files; `queries/**` "
        "has those of the folders in it, too.",
    ),
    Option(
        "out", "out", False, kinds.package_folder, kinds.TEXT, "Folder of the generated package."
    ),
    Option(
        "postgresql",
        "postgresql",
        False,
        kinds.major,
        {"enum": ["14", "15", "16", "17", "18", 14, 15, 16, 17, 18]},
        "Major version of PostgreSQL whose types, functions and syntax count.",
    ),
    Option(
        "schema-order",
        "schema_order",
        False,
        *kinds.choice(("any", "strict")),
        "Whether a schema that no server would load in the order of its statements is taken as a "
        "description, with one warning, or refused.",
    ),
    Option(
        "diagnostics",
        "diagnostics",
        False,
        kinds.weights,
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
        *kinds.choice(("error", "warn")),
        "What a call of a function that the schema does not have is: an error, or a warning; its "
        "result then needs a cast.",
    ),
    Option("model", "model", True, *kinds.choice(get_args(ModelName)), "Kind of the row classes."),
    Option("frozen", "frozen", True, kinds.flag, kinds.FLAG, "Make row objects immutable."),
    Option(
        "shape",
        "shape",
        True,
        *kinds.choice(get_args(Shape)),
        "Plain functions, or a `Querier` class over a connection as well.",
    ),
    Option(
        "json",
        "json",
        True,
        kinds.json,
        {"oneOf": [{"enum": list(get_args(JsonForm))}, _table(kinds.JSON)]},
        "json and jsonb decoded or as text, the library that decodes, and types of columns.",
    ),
    Option(
        "overrides",
        "overrides",
        True,
        kinds.overrides,
        {"type": "array", "items": {**_table(kinds.OVERRIDE), "required": ["python"]}},
        "Python types in place of the usual ones, by column, type or query.",
    ),
    Option(
        "renames",
        "renames",
        True,
        kinds.renames,
        _table(kinds.RENAMES),
        "Names for fields, models, enums, functions and exceptions.",
    ),
    Option(
        "exact-names",
        "exact_names",
        True,
        kinds.flag,
        kinds.FLAG,
        "Name models exactly as tables, without making them singular.",
    ),
    Option(
        "plural-models",
        "plural_models",
        True,
        kinds.names,
        kinds.TEXT_LIST,
        "Tables whose models keep their plural name.",
    ),
    Option(
        "unused-models",
        "unused_models",
        True,
        kinds.flag,
        kinds.FLAG,
        "Write models of tables that no query returns, too.",
    ),
    Option(
        "parameter-limit",
        "parameter_limit",
        True,
        kinds.limit,
        {"type": "integer", "minimum": 0},
        "Most parameters a function takes one by one; above, one object of a class of its own.",
    ),
    Option(
        "line-length",
        "line_length",
        True,
        kinds.columns,
        {"type": "integer", "minimum": kinds.FEWEST_COLUMNS},
        "Columns of a line of the generated code, those that your formatter is set to.",
    ),
    Option(
        "domain-types",
        "domain_types",
        True,
        kinds.flag,
        kinds.FLAG,
        "Give each domain a `NewType`.",
    ),
    Option(
        "required-version",
        "required_version",
        False,
        kinds.requirement,
        kinds.TEXT,
        "Versions of sqlwright that may generate; others refuse to. What changes with the version "
        "is [written down](versions.md).",
    ),
    Option(
        "check-literals",
        "check_literals",
        True,
        kinds.flag,
        kinds.FLAG,
        "Annotate columns whose values a CHECK lists with a "
        "[`Literal`](types.md#values-that-a-check-lists) of them.",
    ),
    Option(
        "runtime",
        "runtime",
        True,
        kinds.module,
        {"type": "string", "pattern": r"^\w+(\.\w+)+$"},
        "Dotted name of a package that has `Connection`, `NoRowError` and what else is the same in "
        "all packages; with [several](#several-packages) they share it.",
    ),
    Option(
        "exceptions",
        "exceptions",
        True,
        kinds.flag,
        kinds.FLAG,
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

"""What CREATE TEXT SEARCH refers to (manual 12.6, 12.7)."""

from __future__ import annotations

from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.lookup import qualified
from sqlwright.catalog.model import NameKind
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_REFERENCES: dict[str, dict[str, NameKind]] = {
    "text search configuration": {
        "parser": "text search parser",
        "copy": "text search configuration",
    },
    "text search dictionary": {"template": "text search template"},
}


def check_text_search(context: Context, statement: ddl.CreateObject) -> None:
    """Refuse a parser, configuration or template that does not exist (42704), and options that a
    configuration does not have (42601).
    """
    references = _REFERENCES.get(statement.kind, {})
    for option in statement.options:
        kind = references.get(option.name)
        names = _names(option)
        if kind is None and statement.kind == "text search configuration":
            message = f'text search configuration parameter "{option.name}" not recognized'
            context.refuse("syntax-error", message, option, sqlstate="42601")
        if kind is not None and names and context.catalog.find_named(kind, names) is None:
            message = f'{kind} "{qualified(names)}" does not exist'
            context.refuse("unknown-object", message, option, sqlstate="42704")
    if {"parser", "copy"} <= {each.name for each in statement.options}:
        message = "cannot specify both PARSER and COPY options"
        context.refuse("syntax-error", message, statement, sqlstate="42601")


def _names(option: ddl.Option) -> tuple[str, ...]:
    """The object that an option names, as a name or in a string."""
    value = option.value
    if isinstance(value, nodes.TypeName):
        return value.names
    if isinstance(value, ddl.ObjectName):
        return value.parts
    return (value.value,) if isinstance(value, nodes.Const) and value.value else ()

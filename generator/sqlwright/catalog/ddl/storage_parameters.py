"""Storage parameters as statements give them: names, values, and which objects have them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.lookup import FROM_EXTENSION
from sqlwright.catalog.model import Relation
from sqlwright.catalog.storage_parameters import refusal_of, storage_parameters
from sqlwright.catalog.types.resolution import type_name_text
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.lexing.spellings import decimal

_TOAST = "toast"
_TABLES = ("table", "partitioned table", "materialized view")


def check_table_parameters(
    context: Context, parameters: Sequence[nodes.Node], *, partitioned: bool = False
) -> None:
    """Those that a table is made with, among them `oids`, as dumps of old servers have it."""
    options = [each for each in parameters if isinstance(each, ddl.Option)]
    rest = [each for each in options if each.name != "oids"]
    for each in options:
        if each.name == "oids" and _text(each).lower() not in ("false", "off", "0"):
            context.refuse(
                "feature-not-supported",
                "tables declared WITH OIDS are not supported",
                each,
                sqlstate="0A000",
            )
    _check_of_table(context, rest, partitioned=partitioned)
    _check(context, _TOAST, _within(rest, _TOAST))


def check_parameters(
    context: Context, kind: str, parameters: Sequence[ddl.Option], namespaces: Sequence[str] = ()
) -> None:
    """Those of a view, of a column, or of an index by its method; what is in a known namespace
    means nothing to them."""
    _check_namespaces(context, parameters, namespaces)
    _check(context, kind, [each for each in parameters if "." not in each.name])


def check_view_parameters(context: Context, parameters: Sequence[ddl.Option]) -> None:
    """Those that a view is made with."""
    check_parameters(context, "view", parameters, (_TOAST,))


def change_parameters(
    context: Context, relation: Relation, method: str, action: ddl.ParametersAction
) -> None:
    """Those that ALTER sets or resets; `method` is that of an index."""
    if action.reset:
        check_reset(context, action.parameters)
    elif relation.kind in _TABLES:
        partitioned = relation.kind == "partitioned table"
        _check_of_table(context, action.parameters, partitioned=partitioned)
    else:
        kind = method if relation.kind == "index" else relation.kind
        check_parameters(context, kind, action.parameters, (_TOAST,))


def check_reset(context: Context, parameters: Iterable[ddl.Option]) -> None:
    """RESET names parameters alone, whether there are any such or not."""
    for each in parameters:
        if each.value is not None:
            message = "RESET must not include values for parameters"
            context.refuse("syntax-error", message, each, sqlstate="42601")


def _check_of_table(context: Context, options: Sequence[ddl.Option], *, partitioned: bool) -> None:
    _check_namespaces(context, options, (_TOAST,))
    own = [each for each in options if "." not in each.name]
    if partitioned and own:
        context.refuse(
            "wrong-object-type",
            "cannot specify storage parameters for a partitioned table",
            own[0],
            sqlstate="42809",
            hint="Specify storage parameters for its leaf partitions instead.",
        )
    _check(context, "table", own)


def _check_namespaces(
    context: Context, options: Iterable[ddl.Option], known: Sequence[str]
) -> None:
    """Refuse a namespace that is none; an extension that is not known may have it."""
    for each in options:
        namespace, point, _ = each.name.rpartition(".")
        if point and namespace not in known and not context.catalog.lacks_extension:
            context.refuse(
                "invalid-parameter-value",
                f'unrecognized parameter namespace "{namespace}"',
                each,
                sqlstate="22023",
                help=FROM_EXTENSION,
            )


def _within(options: Iterable[ddl.Option], namespace: str) -> list[ddl.Option]:
    return [each for each in options if each.name.startswith(f"{namespace}.")]


def _check(context: Context, kind: str, options: Iterable[ddl.Option]) -> None:
    """Refuse names that there are none of, names given twice, and values (parseRelOptions)."""
    known = storage_parameters(kind)
    if known is None:
        return
    seen: set[str] = set()
    for each in options:
        name = each.name.rpartition(".")[2]
        parameter = known.get(name)
        if parameter is None:
            message, detail = f'unrecognized parameter "{name}"', None
        elif name in seen:
            message, detail = f'parameter "{name}" specified more than once', None
        elif (refused := refusal_of(parameter, _text(each))) is not None:
            message, detail = refused
        else:
            seen.add(name)
            continue
        context.refuse("invalid-parameter-value", message, each, sqlstate="22023", detail=detail)


def _text(option: ddl.Option) -> str:
    """A value as a text (defGetString); of a name alone it is true."""
    value = option.value
    if value is None:
        return "true"
    if isinstance(value, nodes.TypeName):
        return type_name_text(value)
    if isinstance(value, nodes.Const):
        return decimal(value.value) if value.kind == "integer" else value.value
    return ".".join(value.parts) if isinstance(value, ddl.ObjectName) else ""

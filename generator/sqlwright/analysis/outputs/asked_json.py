"""What `-- @json books` asks for: what the query makes a column of, instead of any json."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.facts import ResultColumn
from sqlwright.analysis.nullability import Judged
from sqlwright.analysis.outputs.json_forms import Untold, json_form
from sqlwright.catalog import oids
from sqlwright.dataclass import replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.sql.statements import JsonType, QueryStatement


def with_json_form(
    statement: QueryStatement, judged: Judged, query: tree.Query, at: int, column: ResultColumn
) -> ResultColumn:
    """The output column of the query, with what it is made of if a comment asks for that. Raises
    DiagnosticError `untold-json` where nothing tells."""
    if not statement.json_types:
        return column
    asked = next(
        (
            said
            for said in statement.json_types
            if said.column == column.name and said.column and not said.python
        ),
        None,
    )
    if asked is None or column.type not in (oids.JSON, oids.JSONB):
        return column
    # What queries share reads the objects of each of them.
    shared = bool(statement.saying("row"))
    found = json_form(judged.judge, query, at, judged.scope, exact=shared)
    if isinstance(found, Untold):
        raise DiagnosticError(_untold(asked, column, found))
    return replace(column, fields=found.fields, json=found.json)


def _untold(asked: JsonType, column: ResultColumn, found: Untold) -> Diagnostic:
    place = found.span or column.span
    labels = [Label(asked.column_span, "asked for here" if place is not None else "")]
    if place is not None:
        labels.insert(0, Label(place, found.text))
    return Diagnostic(
        "untold-json",
        "error",
        f'nothing tells what "{column.name}" is made of',
        tuple(labels),
        notes=() if place is not None else (found.text,),
        help="make it of `json_agg`, `json_build_object` and their like, or take a class of your "
        f"own: `-- @json {column.name} = my_app.types.Settings`",
    )

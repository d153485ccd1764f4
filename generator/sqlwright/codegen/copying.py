"""The columns that a `:copyfrom` fills, and their values as COPY takes them."""

from __future__ import annotations

from sqlwright.analysis.facts import QueryFacts
from sqlwright.codegen import imports as modules
from sqlwright.codegen.arguments import Arguments
from sqlwright.codegen.imports import NONE, Imports
from sqlwright.codegen.literals import text_literal
from sqlwright.codegen.model import Code, Group
from sqlwright.codegen.types.type_map import TypeMap
from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class CopiedColumns:
    """Literals of the table and columns, the values in the columns' order, and the variable that
    says whether json travels as text, empty if there is none among them. `schema` is empty for a
    table that the search path finds, as it does for the query's other statements."""

    table: str
    schema: str
    names: tuple[str, ...]
    sent: tuple[Code, ...]
    plain: str
    imports: Imports


def copied_columns(types: TypeMap, query: QueryFacts, arguments: Arguments) -> CopiedColumns:
    """Match the columns of the INSERT with the parameters that it puts there."""
    assert query.copy_target is not None
    oid, columns = query.copy_target
    relation = types.catalog.relation(oid)
    by_number = {item.position: index for index, item in enumerate(query.parameters)}
    order = [by_number[number] for number in query.copied]
    json = [bool(types.of_parameter(query.parameters[index], query).sent_as) for index in order]
    plain = arguments.variable("plain") if any(json) else ""
    convert, needed = types.public.imported(modules.BULK, "copied_json")
    sent: list[Code] = []
    for index, is_json in zip(order, json, strict=True):
        value = arguments.sent[index]
        sent.append(Group(f"{convert}(", (value, plain), ")") if is_json else value)
    return CopiedColumns(
        text_literal(relation.name),
        "" if relation.schema == "public" or relation.temporary else text_literal(relation.schema),
        tuple(map(text_literal, columns)),
        tuple(sent),
        plain,
        frozenset({needed}) if plain else NONE,
    )

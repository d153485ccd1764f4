"""The bodies of functions and DO blocks in PL/pgSQL, checked when they are made (manual 41)."""

from __future__ import annotations

from typing import Literal

from sqlwright.catalog import oids
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.ddl.routines.bodies import is_polymorphic
from sqlwright.catalog.ddl.tables.columns import check_collation
from sqlwright.catalog.model import Function
from sqlwright.catalog.types.resolution import row_type_relation, typename_type_id_and_mod
from sqlwright.dataclass import dataclass, replace
from sqlwright.source import SourceFile
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.blocks import body_source, body_tokens
from sqlwright.sql.plpgsql.body import check_body
from sqlwright.sql.plpgsql.variables import Datatype, Routine

_TRIGGERS: dict[int, Literal["table", "event"]] = {
    oids.TRIGGER: "table",
    oids.EVENT_TRIGGER: "event",
}
_OUTPUTS = ("out", "inout", "table")


def check_procedural_body(
    context: Context, function: Function, statement: ddl.CreateFunction
) -> None:
    """Refuse a function in PL/pgSQL as PostgreSQL does when it is created (plpgsql_validator)."""
    _check_declared_types(context, function, statement)
    routine = _routine(context, function)
    if routine.trigger and function.arguments:
        names = ("TG_NARGS", "TG_ARGV") if routine.trigger == "table" else ()
        context.refuse(
            "invalid-function-definition",
            ("trigger" if names else "event trigger") + " functions cannot have declared arguments",
            statement.name,
            sqlstate="42P13",
            hint="The arguments of the trigger can be accessed through TG_NARGS and TG_ARGV "
            "instead."
            if names
            else None,
        )
    _check(context, statement.body or "", statement.body_start, statement.name.start, routine)


def check_block(context: Context, statement: ddl.DoBlock) -> None:
    """Refuse a DO block that PostgreSQL does not run."""
    _check(context, statement.body, statement.body_start, statement.start, Routine())


def _check(context: Context, body: str, body_start: int, near: int, routine: Routine) -> None:
    text = body_source(context.source, body, body_start, near)
    source = context.source if body_start >= 0 else text
    check_body(source, body_tokens(text, body), len(text.text), routine, _CatalogTypes(context))


def _check_declared_types(
    context: Context, function: Function, statement: ddl.CreateFunction
) -> None:
    catalog = context.catalog
    result = catalog.type(function.result)
    allowed = (oids.VOID, oids.RECORD, *_TRIGGERS)
    if result.kind == "pseudo" and result.oid not in allowed and not is_polymorphic(result.oid):
        context.refuse(
            "invalid-function-definition",
            f"PL/pgSQL functions cannot return type {catalog.display_type(result.oid)}",
            statement.returns or statement.name,
            sqlstate="0A000",
        )
    for oid in function.arguments:
        pseudo = catalog.type(oid).kind == "pseudo"
        if pseudo and oid != oids.RECORD and not is_polymorphic(oid):
            context.refuse(
                "invalid-function-definition",
                f"PL/pgSQL functions cannot accept type {catalog.display_type(oid)}",
                statement.name,
                sqlstate="0A000",
            )


def _routine(context: Context, function: Function) -> Routine:
    """What a function says about its body."""
    every = function.all_arguments or function.arguments
    modes = function.modes or tuple("in" for _ in every)
    named: list[tuple[str, Datatype]] = []
    for index, oid in enumerate(every):
        datatype = replace(_datatype(context, oid), pseudo=False)
        named.append((f"${index + 1}", datatype))
        if function.names and function.names[index]:
            named.append((function.names[index], datatype))
    trigger: Literal["", "table", "event"] = _TRIGGERS.get(function.result, "")
    return Routine(
        name=function.name,
        parameters=tuple(named),
        returns_set=function.returns_set,
        returns_void=function.result == oids.VOID or trigger == "event",
        procedure=function.kind == "procedure",
        has_outputs=any(mode in _OUTPUTS for mode in modes),
        trigger=trigger,
    )


def _datatype(context: Context, oid: int) -> Datatype:
    catalog = context.catalog
    found = catalog.type(oid)
    base = catalog.type(catalog.base_type(oid))
    record = base.kind == "composite" or oid == oids.RECORD
    return Datatype(
        catalog.display_type(oid),
        record=record,
        cursor=oid == oids.REFCURSOR,
        collatable=found.collatable,
        pseudo=found.kind == "pseudo" and oid != oids.RECORD,
    )


@dataclass(frozen=True, slots=True)
class _CatalogTypes:
    """The types that a body speaks of."""

    context: Context

    def written(self, source: SourceFile, type_name: nodes.TypeName) -> Datatype:
        oid, _ = typename_type_id_and_mod(self.context.catalog, source, type_name)
        return _datatype(self.context, oid)

    def of_column(self, source: SourceFile, type_name: nodes.TypeName) -> Datatype:
        return self.written(source, type_name)

    def of_row(self, source: SourceFile, type_name: nodes.TypeName) -> Datatype:
        relation = row_type_relation(self.context.catalog, source, type_name)
        return Datatype(relation.name, record=True)

    def check_collation(self, name: nodes.QualifiedName, place: Place) -> None:
        check_collation(self.context, name, place)

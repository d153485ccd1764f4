"""The keys of indexes: what they are over, and how they compare it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from sqlwright.catalog import oids
from sqlwright.catalog.access_methods import can
from sqlwright.catalog.analyser import AnalysedExpression
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.collations import collation_name, type_collation
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.ddl.lookup import FROM_EXTENSION, qualified, refuse_column
from sqlwright.catalog.ddl.naming import index_column_names
from sqlwright.catalog.ddl.tables.columns import SYSTEM_COLUMNS, check_collation
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.model import Column, KeyPart, Relation
from sqlwright.catalog.stored import StoredExpression
from sqlwright.dataclass import dataclass, replace
from sqlwright.sql import ddl_nodes as ddl

_UNNAMED_EXPRESSION = "expr"


@dataclass(frozen=True, slots=True)
class IndexKeys:
    """The keys of an index: columns it names, names of its own columns, what it rests on."""

    columns: tuple[str, ...]
    names: tuple[str, ...]
    references: tuple[Address, ...]
    expressions: bool
    stored: tuple[StoredExpression, ...] = ()
    parts: tuple[KeyPart, ...] = ()


def check_not_virtual(
    context: Context,
    table: Relation,
    elements: Iterable[ddl.IndexElement],
    what: str,
    place: Place,
) -> None:
    """Refuse an index over a column that is computed as it is read."""
    virtual = {each.name for each in table.columns if each.generated == "virtual"}
    if virtual and any(each.column in virtual for each in elements):
        refuse_virtual(context, what, place)


def refuse_virtual(context: Context, what: str, place: Place, verb: str = "are") -> NoReturn:
    """Refuse something that needs the values of such a column."""
    message = f"{what} virtual generated columns {verb} not supported"
    context.refuse("feature-not-supported", message, place, sqlstate="0A000")


def reads_virtual(table: Relation, references: Iterable[Address]) -> bool:
    """Whether an expression is over a column that is computed as it is read."""
    virtual = {each.number for each in table.columns if each.generated == "virtual"}
    return any(each.oid == table.oid and each.part in virtual for each in references)


def key_column(context: Context, table: Relation, name: str, place: Place) -> Column:
    """A column of a table as an index names it."""
    found = next((each for each in table.columns if each.name == name), None)
    if found is None and name in SYSTEM_COLUMNS:
        message = "index creation on system columns is not supported"
        context.refuse("feature-not-supported", message, place, sqlstate="0A000")
    if found is None:
        refuse_column(context, table, name, f'column "{name}" does not exist', place)
    return found


def index_keys(
    context: Context, table: Relation, elements: Iterable[ddl.IndexElement], method: str
) -> IndexKeys:
    """The keys of an index, each with an operator class for its type."""
    columns: list[str] = []
    names: list[str] = []
    references: list[Address] = []
    expressions = False
    stored: list[StoredExpression | None] = []
    of_columns: list[KeyPart] = []
    of_expressions: list[KeyPart] = []
    for element in elements:
        if element.column is not None:
            column = key_column(context, table, element.column, element)
            columns.append(column.name)
            names.append(column.name)
            references.append(Address("relation", table.oid, column.number))
            type_oid, own, parts = column.type, column.collation, of_columns
            uncollated = False
        else:
            expressions = True
            if element.expr is None:
                continue
            analysed = context.expression(element.expr, "index expression", table)
            check_immutable(context, analysed, "index expression", element)
            type_oid, own, parts = analysed.type, "", of_expressions
            uncollated = analysed.uncollated
            references.extend(analysed.references)
            stored.append(analysed.stored)
            names.append(context.analyse.index_column_name(element.expr) or _UNNAMED_EXPRESSION)
        _check_collation(context, element, type_oid, uncollated)
        _check_operator_class(context, element, type_oid, method)
        _check_order(context, element, method)
        parts.append(_part(context, element, type_oid, own, method))
    complete = tuple(each for each in stored if each is not None)
    return IndexKeys(
        tuple(columns),
        index_column_names(names),
        tuple(references),
        expressions,
        complete if len(complete) == len(stored) else (),
        (*of_columns, *of_expressions),
    )


def _part(
    context: Context, element: ddl.IndexElement, type_oid: int, own: str, method: str
) -> KeyPart:
    """How the index compares a key; what is the same as the column's is not written down."""
    catalog = context.catalog
    part = KeyPart()
    if element.operator_class is not None:
        found = catalog.find_operator_class(element.operator_class, method)
        part = replace(part, family=found.family if found is not None else -1)
    if element.collation is not None:
        written = collation_name(catalog, element.collation)
        default = own or type_collation(catalog, type_oid)
        part = replace(part, collation="" if written == default else written)
    if element.operator is not None:
        part = replace(part, operator=_exclusion_operator(catalog, element.operator, type_oid))
    return part


def _exclusion_operator(catalog: Catalog, names: tuple[str, ...], type_oid: int) -> int:
    """The operator of that name for two values of a type, or of one that it is read as; 0 if there
    is none."""
    base = catalog.base_type(type_oid)
    read_as = {"range": oids.ANYRANGE, "multirange": oids.ANYMULTIRANGE}
    for each in (base, read_as.get(catalog.type(base).kind, oids.TEXT)):
        found = catalog.find_operator(names, each, each)
        if found is not None:
            return found.oid
    return 0


def check_immutable(
    context: Context, analysed: AnalysedExpression, where: str, place: Place
) -> None:
    """What is stored in an index or decides a partition must never change."""
    if not analysed.immutable:
        context.refuse(
            "invalid-object-definition",
            f"functions in {where} must be marked IMMUTABLE",
            place,
            sqlstate="42P17",
        )


def is_known_method(catalog: Catalog, method: str) -> bool:
    """Whether there is such an index method, `rtree` standing for another one."""
    return method == "rtree" or catalog.find_named("access method", (method,)) is not None


def check_named_class(
    context: Context, names: tuple[str, ...], type_oid: int, method: str, place: Place
) -> None:
    """Refuse an operator class that there is not, or not for values of a type; an extension that is
    not known may have it."""
    found = context.catalog.find_operator_class(names, method)
    if found is None and context.catalog.lacks_extension:
        return
    if found is None:
        context.refuse(
            "unknown-operator-class",
            f'operator class "{qualified(names)}" does not exist for access method "{method}"',
            place,
            sqlstate="42704",
            help=FROM_EXTENSION,
        )
    if type_oid and not context.catalog.is_binary_coercible(type_oid, found.type):
        shown = context.catalog.display_type(type_oid)
        message = f'operator class "{qualified(names)}" does not accept data type {shown}'
        context.refuse("type-mismatch", message, place, sqlstate="42804")


def _check_operator_class(
    context: Context, element: ddl.IndexElement, type_oid: int, method: str
) -> None:
    catalog = context.catalog
    if element.operator_class is not None:
        check_named_class(context, element.operator_class, type_oid, method, element)
        return
    if not is_known_method(catalog, method):
        return
    if type_oid and catalog.default_operator_class(type_oid, method) is None:
        context.refuse(
            "unknown-operator-class",
            f"data type {catalog.display_type(type_oid)} has no default operator class for "
            f'access method "{method}"',
            element,
            sqlstate="42704",
            hint="You must specify an operator class for the index or define a default operator "
            "class for the data type.",
        )


def _check_collation(
    context: Context, element: ddl.IndexElement, type_oid: int, uncollated: bool
) -> None:
    """A key needs a collation if its type has one: its own, or one that the index gives it."""
    if element.collation is None:
        if uncollated:
            context.refuse(
                "collation-mismatch",
                "could not determine which collation to use for index expression",
                element,
                sqlstate="42P22",
                hint="Use the COLLATE clause to set the collation explicitly.",
            )
        return
    check_collation(context, element.collation, element)
    if type_oid and not type_collation(context.catalog, type_oid):
        shown = context.catalog.display_type(type_oid)
        message = f"collations are not supported by type {shown}"
        context.refuse("type-mismatch", message, element, sqlstate="42804")


def _check_order(context: Context, element: ddl.IndexElement, method: str) -> None:
    if element.order and not can(method, "order"):
        message = f'access method "{method}" does not support {element.order} options'
        context.refuse("feature-not-supported", message, element, sqlstate="0A000")


def check_included(context: Context, element: ddl.IndexElement) -> None:
    """Refuse what an included column cannot have: it is not compared."""
    options = (
        (element.collation, "a collation"),
        (element.operator_class, "an operator class"),
        (element.order, f"{element.order} options"),
    )
    for given, what in options:
        if given:
            message = f"including column does not support {what}"
            context.refuse("invalid-object-definition", message, element, sqlstate="42P17")

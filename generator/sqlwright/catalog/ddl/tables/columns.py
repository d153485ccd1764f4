"""Columns of CREATE TABLE, ADD COLUMN and composite types: their types and what is said of them."""

from __future__ import annotations

from typing import Any, Literal

from sqlwright.catalog import oids
from sqlwright.catalog.collations import collation_exists, collation_name
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.ddl.lookup import qualified
from sqlwright.catalog.ddl.tables.column_storage import check_storage
from sqlwright.catalog.model import Column, Relation
from sqlwright.catalog.types.resolution import typename_type_id_and_mod
from sqlwright.dataclass import dataclass, replace
from sqlwright.source import Span
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_SERIAL_TYPES = {
    "smallserial": oids.INT2,
    "serial2": oids.INT2,
    "serial": oids.INT4,
    "serial4": oids.INT4,
    "bigserial": oids.INT8,
    "serial8": oids.INT8,
}
SYSTEM_COLUMNS = ("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid")
_STORED = ("table", "partitioned table", "foreign table", "materialized view")
_INTEGERS = (oids.INT2, oids.INT4, oids.INT8)
_KEY_KINDS = ("primary key", "unique", "exclusion")


@dataclass(frozen=True, slots=True)
class NewColumn:
    """A column about to be made, with the parts of its definition that are handled afterwards."""

    column: Column
    definition: ddl.ColumnDefinition | None = None
    default: nodes.Expr | None = None
    generated: nodes.Expr | None = None
    sequence: Literal["serial", "identity"] | None = None
    sequence_options: tuple[ddl.Option, ...] = ()
    not_null: ddl.ConstraintDefinition | None = None
    states_not_null: bool = False
    constraints: tuple[ddl.ConstraintDefinition, ...] = ()


def new_column(
    context: Context,
    definition: ddl.ColumnDefinition,
    table: str,
    number: int,
    *,
    base: Column | None = None,
    may_be_serial: bool = True,
    composite: bool = False,
) -> NewColumn:
    """A column as defined; `base` is that of a typed table or a partition's parent, whose type it
    keeps where it gives none itself. A `composite` type has no system columns.
    """
    if not composite:
        check_column_name(context, definition.name, (definition.start, definition.name_end))
    sequence: Literal["serial", "identity"] | None = None
    collation = ""
    if definition.type_name is None:
        type_oid, modifier = (base.type, base.modifier) if base else (0, -1)
        collation = base.collation if base else ""
    elif may_be_serial and (serial := _serial_type(context, definition.type_name)) is not None:
        type_oid, modifier, sequence = serial, -1, "serial"
    else:
        type_oid, modifier = typename_type_id_and_mod(
            context.catalog, context.source, definition.type_name
        )
        check_column_type(context, definition, type_oid)
    for option in definition.storage:
        check_storage(context, option, type_oid)
    column = Column(
        name=definition.name,
        type=type_oid,
        number=number,
        modifier=modifier,
        not_null=sequence is not None,
        default=sequence is not None,
        dimensions=len(definition.type_name.array_bounds) if definition.type_name else 0,
        collation=written_collation(context, definition.collation) or collation,
        declared=Span(context.source, definition.start, definition.end),
    )
    return _ColumnReader(context, table, column, definition, sequence).read()


def has_system_columns(relation: Relation) -> bool:
    """Whether it is of a kind that stores rows."""
    return relation.kind in _STORED


def check_column_name(context: Context, name: str, place: tuple[int, int]) -> None:
    """Refuse the names of system columns."""
    if name in SYSTEM_COLUMNS:
        context.refuse(
            "duplicate-column",
            f'column name "{name}" conflicts with a system column name',
            place,
            sqlstate="42701",
        )


def _serial_type(context: Context, type_name: nodes.TypeName) -> int | None:
    if len(type_name.names) != 1 or type_name.setof or type_name.percent_type:
        return None
    found = _SERIAL_TYPES.get(type_name.names[0])
    if found is not None and type_name.array_bounds:
        context.refuse(
            "feature-not-supported",
            "array of serial is not implemented",
            type_name,
            sqlstate="0A000",
        )
    return found


def check_column_type(context: Context, definition: ddl.ColumnDefinition, oid: int) -> None:
    """Refuse what no column can be: a pseudo-type, SETOF, COLLATE on what has no collation."""
    catalog = context.catalog
    place = definition.type_name or definition
    if definition.type_name is not None and definition.type_name.setof:
        context.refuse(
            "invalid-column-definition",
            f'column "{definition.name}" cannot be declared SETOF',
            place,
            sqlstate="42P16",
        )
    if definition.collation is not None:
        check_collation(context, definition.collation.parts, definition.collation)
    if definition.collation is not None and not catalog.type(oid).collatable:
        context.refuse(
            "type-mismatch",
            f"collations are not supported by type {catalog.display_type(oid)}",
            definition.collation,
            sqlstate="42804",
        )
    check_attribute_type(context, definition.name, oid, place)


def written_collation(context: Context, collation: ddl.ObjectName | None) -> str:
    """The collation that a COLLATE clause means, "" without one."""
    return collation_name(context.catalog, collation.parts) if collation is not None else ""


def check_collation(context: Context, names: tuple[str, ...], place: Place) -> None:
    """Refuse a collation that cannot exist."""
    if not collation_exists(context.catalog, names):
        context.refuse(
            "unknown-object",
            f'collation "{qualified(names)}" for encoding "UTF8" does not exist',
            place,
            sqlstate="42704",
        )


def check_attribute_type(
    context: Context, name: str, oid: int, place: Place, containing: tuple[int, ...] = ()
) -> None:
    """Refuse pseudo-types, and row types that would contain themselves."""
    catalog = context.catalog
    found = catalog.type(oid)
    if found.kind == "pseudo":
        context.refuse(
            "invalid-column-definition",
            f'column "{name}" has pseudo-type {catalog.display_type(oid)}',
            place,
            sqlstate="42P16",
        )
    elif found.kind == "domain":
        check_attribute_type(context, name, found.base, place, containing)
    elif found.kind == "composite":
        if oid in containing:
            context.refuse(
                "invalid-column-definition",
                f"composite type {catalog.display_type(oid)} cannot be made a member of itself",
                place,
                sqlstate="42P16",
            )
        relation = catalog.get_relation(found.relation)
        for column in relation.columns if relation else ():
            check_attribute_type(context, column.name, column.type, place, (*containing, oid))
    elif found.kind == "range":
        check_attribute_type(context, name, found.subtype, place, containing)
    elif found.is_array:
        check_attribute_type(context, name, found.element, place, containing)


class _ColumnReader:
    """Takes in the constraints of one column definition, refusing those that contradict."""

    def __init__(
        self,
        context: Context,
        table: str,
        column: Column,
        definition: ddl.ColumnDefinition,
        sequence: Literal["serial", "identity"] | None,
    ) -> None:
        self.context = context
        self.table = table
        self.column = column
        self.definition = definition
        self.sequence = sequence
        self.nullable_stated = False
        self.seen: set[str] = set()
        self.serial = sequence == "serial"
        self.not_null = column.not_null
        self.stated: ddl.ConstraintDefinition | None = None
        self.of_column: dict[str, Any] = {}
        self.of_made: dict[str, Any] = {}
        self.kept: list[ddl.ConstraintDefinition] = []

    def read(self) -> NewColumn:
        for constraint in self.definition.constraints:
            handler = getattr(self, "_" + constraint.kind.replace(" ", "_"), None)
            if handler is not None:
                handler(constraint)
            else:
                self._keep(constraint)
        self._check_combinations()
        if self.of_column or self.not_null != self.column.not_null:
            self.column = replace(self.column, not_null=self.not_null, **self.of_column)
        return NewColumn(
            self.column,
            self.definition,
            sequence=self.sequence,
            not_null=self.stated,
            states_not_null=self.not_null,
            constraints=tuple(self.kept),
            **self.of_made,
        )

    def _refuse(self, message: str, constraint: ddl.ConstraintDefinition) -> None:
        column = self.column.name
        self.context.refuse(
            "syntax-error",
            f'{message} for column "{column}" of table "{self.table}"',
            constraint,
            sqlstate="42601",
        )

    def _once(self, kind: str, message: str, constraint: ddl.ConstraintDefinition) -> None:
        if kind in self.seen:
            self._refuse(message, constraint)
        self.seen.add(kind)

    def _null(self, constraint: ddl.ConstraintDefinition) -> None:
        if self.not_null:
            self._refuse("conflicting NULL/NOT NULL declarations", constraint)
        self.nullable_stated = True

    def _not_null(self, constraint: ddl.ConstraintDefinition) -> None:
        if self.nullable_stated:
            self._refuse("conflicting NULL/NOT NULL declarations", constraint)
        self.not_null = True
        if self.stated is None or self.stated.name is None:
            self.stated = constraint

    def _default(self, constraint: ddl.ConstraintDefinition) -> None:
        if self.serial:
            self.seen.add("default")
        self._once("default", "multiple default values specified", constraint)
        self.of_column["default"] = not _is_null(constraint.expr)
        self.of_made["default"] = constraint.expr

    def _identity(self, constraint: ddl.ConstraintDefinition) -> None:
        self._once("identity", "multiple identity specifications", constraint)
        if self.nullable_stated:
            self._refuse("conflicting NULL/NOT NULL declarations", constraint)
        if self.column.type not in _INTEGERS:
            self.context.refuse(
                "invalid-parameter-value",
                "identity column type must be smallint, integer, or bigint",
                constraint,
                sqlstate="22023",
            )
        self.not_null = True
        self.of_column["default"] = True
        self.of_column["identity"] = "always" if constraint.always else "by default"
        self.sequence = "identity"
        self.of_made["sequence_options"] = constraint.options

    def _generated(self, constraint: ddl.ConstraintDefinition) -> None:
        self._once("generated", "multiple generation clauses specified", constraint)
        self.of_column["default"] = True
        self.of_column["generated"] = "stored" if constraint.stored else "virtual"
        self.of_made["generated"] = constraint.expr

    def _primary_key(self, constraint: ddl.ConstraintDefinition) -> None:
        if self.nullable_stated:
            self._refuse("conflicting NULL/NOT NULL declarations", constraint)
        self.not_null = True
        self._keep(constraint)

    def _keep(self, constraint: ddl.ConstraintDefinition) -> None:
        if constraint.kind in _KEY_KINDS or constraint.kind == "foreign key":
            start, end = self.definition.start, self.definition.name_end
            own = ddl.ObjectName(start=start, end=end, parts=(self.column.name,))
            constraint = replace(constraint, columns=(own,))
        self.kept.append(constraint)

    def _check_combinations(self) -> None:
        kinds = {each.kind: each for each in self.definition.constraints}
        has_default = "default" in kinds or self.serial
        if has_default and "identity" in kinds:
            written = [kinds[each] for each in ("default", "identity") if each in kinds]
            second = max(written, key=lambda each: each.start)
            self._refuse("both default and identity specified", second)
        if has_default and "generated" in kinds:
            self._refuse("both default and generation expression specified", kinds["generated"])
        if "identity" in kinds and "generated" in kinds:
            self._refuse("both identity and generation expression specified", kinds["generated"])


def _is_null(expr: nodes.Expr | None) -> bool:
    return isinstance(expr, nodes.Const) and expr.kind == "null"


def check_distinct_columns(context: Context, columns: tuple[NewColumn, ...]) -> None:
    """Refuse a column that is defined twice."""
    seen: set[str] = set()
    for each in columns:
        if each.column.name in seen:
            definition = each.definition
            place = (
                (definition.start, definition.name_end)
                if definition
                else each.column.declared or (0, 0)
            )
            context.refuse(
                "duplicate-column",
                f'column "{each.column.name}" specified more than once',
                place,
                sqlstate="42701",
            )
        seen.add(each.column.name)


def find_column(columns: tuple[Column, ...], name: str) -> Column | None:
    """The column of that name."""
    return next((each for each in columns if each.name == name), None)

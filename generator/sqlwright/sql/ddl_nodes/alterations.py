"""ALTER TABLE and its actions, ALTER SEQUENCE."""

from __future__ import annotations

from typing import Literal

from sqlwright.dataclass import dataclass
from sqlwright.sql.ddl_nodes.names import ObjectKind, ObjectName, Option
from sqlwright.sql.ddl_nodes.tables import ColumnDefinition, ConstraintDefinition, PartitionBound
from sqlwright.sql.nodes import Expr, Node, RangeVar, TypeName


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class AlterAction(Node):
    """One action of ALTER TABLE; this class itself stands for those that change nothing known here
    (statistics, storage, owners, triggers on and off).
    """


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class AddColumn(AlterAction):
    """ADD COLUMN (or ADD ATTRIBUTE)."""

    column: ColumnDefinition
    if_not_exists: bool = False
    cascade: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ColumnAction(AlterAction):
    """An action on the column `name`. `default` has an expression or None (DROP DEFAULT);
    `expression` the new expression of a generated column; `set` and `reset` are of parameters.
    """

    action: Literal[
        "drop",
        "type",
        "default",
        "set not null",
        "drop not null",
        "expression",
        "drop expression",
        "add identity",
        "set identity",
        "drop identity",
        "set",
        "reset",
        "other",
    ]
    name: str
    name_start: int
    name_end: int
    if_exists: bool = False
    cascade: bool = False
    type_name: TypeName | None = None
    collation: ObjectName | None = None
    using: Expr | None = None
    expr: Expr | None = None
    always: bool | None = None
    options: tuple[Option, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class AddConstraint(AlterAction):
    """ADD table constraint."""

    constraint: ConstraintDefinition


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ConstraintAction(AlterAction):
    """DROP, VALIDATE or ALTER CONSTRAINT. `deferrable` is None where ALTER says nothing of when the
    constraint is looked at, and `deferred` then means nothing.
    """

    action: Literal["drop", "validate", "alter"]
    name: str
    name_start: int
    name_end: int
    if_exists: bool = False
    cascade: bool = False
    deferrable: bool | None = None
    deferred: bool = False
    enforced: bool | None = None
    inherit: bool | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ParentAction(AlterAction):
    """INHERIT, NO INHERIT, ATTACH PARTITION or DETACH PARTITION."""

    action: Literal["inherit", "no inherit", "attach", "detach"]
    relation: RangeVar
    bound: PartitionBound | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TypeAction(AlterAction):
    """OF type, or NOT OF (None)."""

    type_name: TypeName | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SecurityAction(AlterAction):
    """ENABLE or DISABLE ROW LEVEL SECURITY."""

    enabled: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TriggersAction(AlterAction):
    """ENABLE or DISABLE TRIGGER ALL, which takes in those that check foreign keys."""

    enabled: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class NamingAction(AlterAction):
    """An action that changes nothing known here, but may name something of the table that there
    must be: an index, a trigger or a rule. `words` are those that it begins with."""

    kind: Literal["index", "trigger", "rule"]
    words: str
    name: str | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PersistenceAction(AlterAction):
    """SET LOGGED or SET UNLOGGED."""

    logged: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ParametersAction(AlterAction):
    """SET or RESET of storage parameters, of a column where there is a name."""

    parameters: tuple[Option, ...]
    reset: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class AlterTable(Node):
    """ALTER TABLE, INDEX, SEQUENCE, VIEW ... and, for kind `type`, the attributes of ALTER TYPE."""

    kind: ObjectKind
    relation: RangeVar
    actions: tuple[AlterAction, ...]
    if_exists: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class AlterSequence(Node):
    """ALTER SEQUENCE with sequence options."""

    relation: RangeVar
    options: tuple[Option, ...] = ()
    if_exists: bool = False

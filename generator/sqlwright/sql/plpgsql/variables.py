"""What a body in PL/pgSQL knows by name: variables, with the blocks and loops that hold them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from sqlwright.dataclass import dataclass, field
from sqlwright.source import SourceFile
from sqlwright.sql import nodes


@dataclass(frozen=True, slots=True)
class Datatype:
    """The type of a variable, as far as it decides what may stand where."""

    shown: str
    record: bool = False
    cursor: bool = False
    collatable: bool = False
    pseudo: bool = False


SCALAR = Datatype("")
RECORD = Datatype("record", record=True)


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable. `part`: a field of the record of that name. A bound cursor has a query,
    and as many `arguments` as it is declared with.
    """

    name: str
    type: Datatype
    constant: bool = False
    part: bool = False
    bound: bool = False
    arguments: int = 0


class Place(Protocol):
    """Anything with a stretch of the source."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Types(Protocol):
    """What the body asks of the catalog; each raises DiagnosticError where PostgreSQL would."""

    def written(self, source: SourceFile, type_name: nodes.TypeName) -> Datatype:
        """A type as written."""

    def of_column(self, source: SourceFile, type_name: nodes.TypeName) -> Datatype:
        """`relation.column%TYPE`."""

    def of_row(self, source: SourceFile, type_name: nodes.TypeName) -> Datatype:
        """`relation%ROWTYPE`."""

    def check_collation(self, name: nodes.QualifiedName, place: Place) -> None:
        """A collation as written."""


@dataclass(frozen=True, slots=True)
class Routine:
    """What decides how the body of a function is read: its parameters, under each of their names,
    and what it returns. A DO block is one without a name, which returns nothing.
    """

    name: str = "inline_code_block"
    parameters: tuple[tuple[str, Datatype], ...] = ()
    returns_set: bool = False
    returns_void: bool = True
    procedure: bool = False
    has_outputs: bool = False
    trigger: Literal["", "table", "event"] = ""


_OF_TABLES = (
    "tg_name",
    "tg_when",
    "tg_level",
    "tg_op",
    "tg_relid",
    "tg_relname",
    "tg_table_name",
    "tg_table_schema",
    "tg_nargs",
    "tg_argv",
)
_OF_EVENTS = ("tg_event", "tg_tag")


@dataclass(slots=True)
class _Level:
    label: str
    kind: Literal["block", "loop"]
    variables: dict[str, Variable] = field(default_factory=dict)


class Namespace:
    """The blocks and loops around a place, with their variables."""

    def __init__(self, routine: Routine) -> None:
        self._levels: list[_Level] = []
        self.push(routine.name, "block")
        for name, datatype in routine.parameters:
            self.add(Variable(name, datatype))
        if routine.trigger == "table":
            self.add(Variable("new", RECORD))
            self.add(Variable("old", RECORD))
        for name in {"table": _OF_TABLES, "event": _OF_EVENTS}.get(routine.trigger, ()):
            self.add(Variable(name, SCALAR))
        self.add(Variable("found", SCALAR))

    def push(self, label: str, kind: Literal["block", "loop"]) -> None:
        """Open a block or loop; without a label that is empty."""
        self._levels.append(_Level(label, kind))

    def pop(self) -> None:
        """Close the innermost one."""
        self._levels.pop()

    def add(self, variable: Variable) -> None:
        """A variable of the innermost block."""
        self._levels[-1].variables[variable.name] = variable

    def declared_here(self, name: str) -> bool:
        """Whether the innermost block itself has a variable of the name."""
        return name in self._levels[-1].variables

    def find(self, names: Sequence[str]) -> Variable | None:
        """The variable that one to three names stand for (plpgsql_ns_lookup): also one of a block
        with a label, and a field of a record."""
        for level in reversed(self._levels):
            found = level.variables.get(names[0])
            if found is not None and (len(names) == 1 or found.type.record):
                return _part(found, names, 1)
            if len(names) > 1 and level.label == names[0]:
                found = level.variables.get(names[1])
                if found is not None and (len(names) == 2 or found.type.record):
                    return _part(found, names, 2)
        return None

    def label_kind(self, label: str) -> Literal["block", "loop"] | None:
        """What has a label, None if nothing around does."""
        kinds = (each.kind for each in reversed(self._levels) if each.label == label)
        return next(kinds, None)

    def in_loop(self) -> bool:
        """Whether a loop is around."""
        return any(each.kind == "loop" for each in self._levels)


def _part(found: Variable, names: Sequence[str], used: int) -> Variable:
    if len(names) == used:
        return found
    return Variable(found.name, SCALAR, found.constant, part=True)

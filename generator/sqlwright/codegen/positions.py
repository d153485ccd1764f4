"""The class of a row's position, by which a caller asks for the page that follows it."""

from __future__ import annotations

import re

from sqlwright.analysis.facts import PositionValue, QueryFacts
from sqlwright.codegen.code_words import PART
from sqlwright.codegen.imports import Imports
from sqlwright.codegen.model import (
    Code,
    Conditional,
    Field,
    Function,
    Group,
    Line,
    Parameter,
    RowClass,
)
from sqlwright.codegen.names import ANNOTATION_NAMES, BODY_NAMES, Taken, identifier, snake_case
from sqlwright.codegen.results import Result, RowResult, ScalarResult
from sqlwright.codegen.rows import Read, columns_of
from sqlwright.codegen.types.python_type import PythonType
from sqlwright.codegen.types.type_map import TypeMap
from sqlwright.dataclass import dataclass, replace

AFTER = "after"
"""The parameter of the position, in a function that gives pages."""

_RESERVED = ANNOTATION_NAMES | BODY_NAMES | {"count", "index", "of"}
"""Names that the fields of a position cannot have, since tuples have them."""


@dataclass(frozen=True, slots=True)
class Position:
    """The class, what the function sends of one, and their imports."""

    made: RowClass
    sent: tuple[Code, ...]
    imports: Imports

    @property
    def keyword(self) -> Parameter:
        """The parameter by which a caller says where the page begins."""
        return Parameter(AFTER, f"{self.made.name} | None", "None")


def position_of(types: TypeMap, query: QueryFacts, name: str, result: Result) -> Position:
    """The position of a query's rows; `result` is what a caller has of one."""
    base, needed = types.public.imported("typing", "NamedTuple")
    imports: Imports = frozenset({needed}) | result.annotation_imports
    row, columns = _row(types, result)
    taken = Taken(_RESERVED)
    fields: list[Field] = []
    read: list[Code] = []
    sent: list[Code] = []
    for value in query.position:
        shown = columns[value.column]
        field = taken.claim(_field(shown.code, value))
        fields.append(Field(field, shown.python.annotation))
        read.append(_read(shown))
        # As the class of the rows has it.
        nullable = query.columns[value.column].nullable or bool(shown.within)
        codec = types.of_parameter(replace(value.parameter, nullable=nullable), query)
        sent.append(_unless_absent(codec.encoded(f"{AFTER}.{field}")))
        imports |= shown.python.imports
        imports |= codec.encode.imports if codec.encode is not None else frozenset()
    doc = (f"Where a row stands among those of {query.name}.",)
    of = Function(
        "of",
        (Parameter("cls", ""), Parameter("row", row.annotation)),
        (),
        name,
        ("That of a row.",),
        (Line(Group("cls(", tuple(read), ")"), "return "),),
        is_async=False,
    )
    made = RowClass(name, (), base, doc, (), tuple(fields), (of,))
    return Position(made, tuple(sent), imports)


def _row(types: TypeMap, result: Result) -> tuple[PythonType, list[Read]]:
    """The type of a row, and its columns."""
    if isinstance(result, ScalarResult):
        return result.codec.result, [Read("row", result.codec)]
    assert isinstance(result, RowResult)
    return result.python, list(columns_of(result.parts, types.options, "row"))


def _read(shown: Read) -> Code:
    """What an embedded row that is not there has: NULL in all columns."""
    return Conditional(f"{shown.within} is None", shown.code) if shown.within else shown.code


def _field(path: str, value: PositionValue) -> str:
    """The name of a value: as in a row, without those around it."""
    words = re.findall(rf"{PART}+", path)
    wanted = words[-1] if len(words) > 1 else snake_case(value.parameter.name)
    return identifier(wanted, "key_", _RESERVED)


def _unless_absent(encoded: Code) -> Code:
    test = f"{AFTER} is None"
    if isinstance(encoded, Conditional):
        return replace(encoded, test=f"{test} or {encoded.test}")
    return Conditional(test, encoded)

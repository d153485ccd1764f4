"""What the function of a query is made of, and what it is made from."""

from __future__ import annotations

from sqlwright.analysis.facts import QueryFacts
from sqlwright.codegen import imports as modules
from sqlwright.codegen.arguments import Arguments
from sqlwright.codegen.imports import NONE, Imports
from sqlwright.codegen.model import Code, Group, Line, Parameter
from sqlwright.codegen.results import Result, RowResult, ScalarResult
from sqlwright.codegen.types.python_type import PythonType
from sqlwright.codegen.types.type_map import TypeMap
from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """The return annotation, the statements, and their imports.

    `connection` is the protocol that the connection has to meet, `keyword` further parameters.
    """

    returns: str
    lines: tuple[Line, ...]
    imports: Imports = NONE
    annotation_imports: Imports = NONE
    connection: tuple[str, str] = (modules.DRIVER, "Connection")
    keyword: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """What a body is made from."""

    types: TypeMap
    query: QueryFacts
    constant: Code
    result: Result
    arguments: Arguments

    def on(self, method: str, conn: str = "conn") -> Group:
        """`conn.method(SQL, arguments)`, awaited."""
        return Group(f"await {conn}.{method}(", (self.constant, *self.arguments.sent), ")")

    def variable(self, name: str) -> str:
        """A name for a variable of the function."""
        return self.arguments.variable(name)

    def rows(self) -> RowResult:
        """The result of a command that asks for rows, which are more than a bare value."""
        assert isinstance(self.result, RowResult)
        return self.result

    def made_of(self, row: str) -> tuple[Code, PythonType]:
        """What a caller gets for the row called `row`, and its type."""
        if isinstance(self.result, ScalarResult):
            codec = self.result.codec
            return codec.decoded(f"{row}[0]"), codec.result
        return self.rows().made.of(row), self.rows().python

    def given(self) -> tuple[str, ...]:
        """The arguments that may not be None, by keyword: one may be why a row is missing."""
        forbidding = (item.name for item in self.arguments.keyword if not item.default)
        return tuple(f"{name}={name}" for name in forbidding)

    def imported(self, module: str, name: str) -> tuple[str, Imports]:
        """The name to call something imported by."""
        local, needed = self.types.public.imported(module, name)
        return local, frozenset({needed})

    @property
    def certain(self) -> bool:
        """Whether each execution is sure to give one row."""
        return self.query.rows == "exactly-one"

"""What the catalog needs of the analysis, which lies above it: view columns, expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.stored import StoredExpression, StoredQuery
from sqlwright.dataclass import dataclass

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog
    from sqlwright.catalog.model import Column, Function, Relation
    from sqlwright.source import SourceFile
    from sqlwright.sql import ddl_nodes as ddl
    from sqlwright.sql import nodes

ExpressionUse = Literal[
    "check constraint",
    "column default",
    "function default",
    "index expression",
    "index predicate",
    "statistics expression",
    "alter column transform",
    "policy",
    "partition bound",
    "partition expression",
    "generated column",
]


@dataclass(frozen=True, slots=True)
class AnalysedQuery:
    """A query with the columns it yields and the objects it rests on. `uncollated` are the places,
    from 0, of columns for which no collation can be derived, since several meet in them."""

    columns: tuple[Column, ...]
    stored: StoredQuery
    references: frozenset[Address] = frozenset()
    uncollated: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class AnalysedExpression:
    """An expression's type and the objects it rests on; whether no collation can be derived for
    it that it should have."""

    type: int
    modifier: int = -1
    references: frozenset[Address] = frozenset()
    immutable: bool = True
    stored: StoredExpression | None = None
    uncollated: bool = False


class Analyser(Protocol):
    """The analysis, as far as definitions need it. Every method raises DiagnosticError."""

    def view(
        self, catalog: Catalog, source: SourceFile, query: nodes.Statement, names: tuple[str, ...]
    ) -> AnalysedQuery:
        """The query of a view or of CREATE TABLE AS; `names` rename its first columns."""

    def expression(
        self,
        catalog: Catalog,
        source: SourceFile,
        expr: nodes.Expr,
        use: ExpressionUse,
        relation: Relation | None = None,
        target: tuple[int, int, str] | None = None,
        value: tuple[int, int] | None = None,
    ) -> AnalysedExpression:
        """An expression over the columns of a relation.

        `target` is the type, modifier and name of the column that a default or a generated value
        is for; a check, predicate or condition must be boolean; `value` is the type of VALUE in a
        domain's check.
        """

    def body(
        self,
        catalog: Catalog,
        source: SourceFile,
        statement: nodes.Statement,
        names: tuple[str, ...],
        types: tuple[int, ...],
        function: str = "",
    ) -> AnalysedQuery:
        """One statement of an SQL function; the arguments may be named, also with the function's
        name before theirs, or be `$n`.
        """

    def why_not_checked(self, query: StoredQuery) -> str | None:
        """Why a view of this query cannot be WITH CHECK OPTION; None if it can."""

    def row_condition(
        self,
        catalog: Catalog,
        source: SourceFile,
        statement: ddl.CreateTrigger | ddl.CreateRule,
        table: Relation,
        condition: nodes.Expr,
    ) -> AnalysedExpression:
        """WHEN of a trigger, or WHERE of a rule, over the old and the new row."""

    def rule_action(
        self,
        catalog: Catalog,
        source: SourceFile,
        rule: ddl.CreateRule,
        table: Relation,
        action: nodes.Statement,
    ) -> AnalysedQuery:
        """A statement that a rule runs, and what it returns."""

    def index_column_name(self, expr: nodes.Expr) -> str | None:
        """The name an index gives to a key that is an expression, None if it gives none."""

    def can_coerce(self, catalog: Catalog, source: int, target: int) -> bool:
        """Whether values of a type become those of another without being asked to."""

    def can_assign(self, catalog: Catalog, source: int, target: int) -> bool:
        """Whether values of a type can be stored in a column of another."""

    def type_as_written(self, expr: StoredExpression) -> int:
        """The type of an expression before it was converted to that of what it is for."""

    def check_retyped(
        self,
        catalog: Catalog,
        source: SourceFile,
        expr: StoredExpression,
        column: tuple[int, int],
        place: nodes.Node,
    ) -> None:
        """Refuse an expression that cannot be over a column, given by its number, once that is of
        another type."""

    def call(
        self, catalog: Catalog, names: tuple[str, ...], arguments: tuple[int, ...]
    ) -> tuple[Function, int] | None:
        """The function that a call with these argument types finds, and the type it returns."""

    def with_memory(self, catalog: Catalog, statement: str) -> Catalog:
        """The catalog after a statement, with what is to be remembered of it though later ones
        change what it said: `Column.infinite` and `Column.lasting`."""

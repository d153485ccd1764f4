"""The entry points by which the parts of the grammar reach each other.

Expressions hold queries and queries hold expressions, so the parts are written as mixins over this
class and joined in `parser`. A part calls only what is declared here or in its own bases.
"""

from __future__ import annotations

from abc import abstractmethod

from sqlwright.sql import nodes
from sqlwright.sql.grammar.cursor import Cursor


class Grammar(Cursor):
    """The rules that more than one part of the grammar uses, by the names `gram.y` has for them."""

    # Expressions and types

    @abstractmethod
    def a_expr(self) -> nodes.Expr:
        """Any expression."""

    @abstractmethod
    def target_expr(self) -> nodes.Expr:
        """A select-list item's expression, after which even an operator's word may be its name."""

    @abstractmethod
    def at_prefix_operator(self) -> bool:
        """Whether the expression here is more than its first `c_expr` from the start."""

    @abstractmethod
    def b_expr(self) -> nodes.Expr:
        """An expression without the operators that would be ambiguous in some places."""

    @abstractmethod
    def c_expr(self) -> nodes.Expr:
        """An expression that needs no parentheses as an operand."""

    @abstractmethod
    def expr_list(self) -> tuple[nodes.Expr, ...]:
        """One or more expressions with commas between them."""

    @abstractmethod
    def func_expr_windowless(self) -> nodes.Expr:
        """A call without FILTER, WITHIN GROUP or OVER: what may stand in FROM or in an index."""

    @abstractmethod
    def func_application(self) -> nodes.FuncCall:
        """`name(arguments)`."""

    @abstractmethod
    def func_name(self) -> nodes.QualifiedName:
        """The name before the parenthesis of a call or the like, qualified or not."""

    @abstractmethod
    def indirection(self) -> tuple[nodes.SubscriptStep | nodes.FieldStep | nodes.StarStep, ...]:
        """Subscripts and field selections, none or more."""

    @abstractmethod
    def qualified_name(self) -> nodes.QualifiedName:
        """The name of a relation: at most three parts."""

    @abstractmethod
    def type_name(self) -> nodes.TypeName:
        """A type, SETOF included."""

    @abstractmethod
    def func_type(self) -> nodes.TypeName:
        """The type of a function's argument or result, which may be `column%TYPE`."""

    @abstractmethod
    def interval_fields(self) -> str | None:
        """`YEAR`, `DAY TO SECOND` and the like, if they follow."""

    @abstractmethod
    def sort_clause(self) -> tuple[nodes.SortBy, ...]:
        """`ORDER BY` and its items."""

    @abstractmethod
    def window_definition(self) -> nodes.WindowDef:
        """`name AS (specification)` in a WINDOW clause."""

    @abstractmethod
    def xml_table(self) -> nodes.XmlTable:
        """`XMLTABLE(...)` without LATERAL and alias."""

    @abstractmethod
    def json_table(self) -> nodes.JsonTable:
        """`JSON_TABLE(...)` without LATERAL and alias."""

    # Definitions

    @abstractmethod
    def definition_item(self) -> nodes.Node:
        """`name [= value]`, as storage parameters and operator class options are written."""

    # Queries and statements

    @abstractmethod
    def select_statement(self) -> nodes.Select:
        """A query, in parentheses or not (`SelectStmt`)."""

    @abstractmethod
    def select_with_parens(self) -> nodes.Select:
        """A query in parentheses."""

    @abstractmethod
    def select_no_parens(self) -> nodes.Select:
        """A query that is not wholly in parentheses."""

    @abstractmethod
    def target_list(self) -> tuple[nodes.Target, ...]:
        """One or more select-list items."""

    @abstractmethod
    def preparable_statement(self) -> nodes.Statement:
        """SELECT, INSERT, UPDATE, DELETE or MERGE."""

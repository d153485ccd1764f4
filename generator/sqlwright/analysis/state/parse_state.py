"""The state of parse analysis at one query level (PostgreSQL's ParseState).

Unlike everything else it is mutable: it exists while one statement is analysed and is thrown away
with it. The transforms read and extend it; what they return are frozen `tree` values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NoReturn

from sqlwright.analysis.tree import (
    CommonTable,
    EntryColumn,
    Expr,
    FromNode,
    RangeTableEntry,
    Var,
    Window,
    making,
)
from sqlwright.analysis.tree.collations import Known
from sqlwright.dataclass import dataclass, field, maker, replace
from sqlwright.diagnostics import Code, Diagnostic, DiagnosticError, Label
from sqlwright.source import SourceFile, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlwright.analysis.state.omission import Omission
    from sqlwright.analysis.state.parameter_types import ParameterTypes
    from sqlwright.catalog.catalog import Catalog
    from sqlwright.sql.nodes import CommonTableExpr, FuncCall, Locking, Node, WindowDef

ExprKind = Literal[
    "none",
    "other",
    "join on",
    "join using",
    "from subselect",
    "from function",
    "where",
    "having",
    "filter",
    "window partition",
    "window order",
    "window frame range",
    "window frame rows",
    "window frame groups",
    "select target",
    "insert target",
    "update source",
    "update target",
    "merge when",
    "group by",
    "order by",
    "distinct on",
    "limit",
    "offset",
    "returning",
    "merge returning",
    "values",
    "values single",
    "check constraint",
    "column default",
    "function default",
    "index expression",
    "index predicate",
    "statistics expression",
    "alter column transform",
    "execute parameter",
    "trigger when",
    "policy",
    "partition bound",
    "partition expression",
    "call argument",
    "copy where",
    "generated column",
    "cycle mark",
]
"""Where an expression stands; decides whether aggregates, windows, subqueries ... may occur."""


@dataclass(slots=True, eq=False)
class NamespaceItem:
    """What one FROM item makes visible (PostgreSQL's ParseNamespaceItem).

    `relation_visible`: the name may qualify columns; `columns_visible`: its columns may be named
    bare; `lateral_only` and `lateral_ok` restrict use from LATERAL items. `is_using_alias`: it is
    the alias of a USING clause, which covers only some columns of its entry. `variables` are what
    references to the columns become, where they are not simply those of the entry; of a join that
    has the columns of its `sides`, one behind the other, they become what they do there.
    `unexpanded` is how many at the end `*` leaves out.
    """

    name: str
    entry: RangeTableEntry
    columns: tuple[EntryColumn, ...]
    variables: Sequence[Var] = ()
    sides: tuple[NamespaceItem, NamespaceItem] | None = None
    unexpanded: int = 0
    relation_visible: bool = True
    columns_visible: bool = True
    lateral_only: bool = False
    lateral_ok: bool = True
    returning: Literal["old", "new"] | None = None
    is_using_alias: bool = False
    _numbers: dict[str, int] | None = None

    @property
    def numbers(self) -> dict[str, int]:
        """Which column a name means, counted from 1; 0 where several have it."""
        if self._numbers is None:
            self._numbers = {}
            for number, column in enumerate(self.columns, 1):
                self._numbers[column.name] = 0 if column.name in self._numbers else number
        return self._numbers

    def shows(self, number: int, var: Var) -> bool:
        """Whether a column is that variable, be it of the row before or after a change."""
        item, number = self._own(number)
        if not item.variables:
            return item.entry is var.entry and number == var.number
        meant = item.variables[number - 1]
        return meant.entry is var.entry and meant.number == var.number

    def shown(self, number: int) -> Var:
        """The variable that a column is."""
        item, number = self._own(number)
        return item.variables[number - 1] if item.variables else item.variable(number)

    def variable(self, number: int, start: int = -1, end: int = -1) -> Var:
        """What a reference to a column at a place becomes."""
        if self.sides is not None:
            item, number = self._own(number)
            return item.variable(number, start, end)
        if self.variables:
            return replace(self.variables[number - 1], start=start, end=end)
        column = self.columns[number - 1]
        return making.Var(
            type=column.type,
            modifier=column.modifier,
            start=start,
            end=end,
            entry=self.entry,
            number=number,
            name=column.name,
            returning=self.returning,
        )

    def _own(self, number: int) -> tuple[NamespaceItem, int]:
        """The item below joins whose column a column is, and its number there."""
        item = self
        while item.sides is not None:
            left, right = item.sides
            before = len(left.columns)
            item, number = (left, number) if number <= before else (right, number - before)
        return item, number


@dataclass(slots=True, eq=False)
class TextEdit:
    """A replacement in the source text that the final SQL needs (a star, a slice, a cast)."""

    start: int
    end: int
    text: str


make_namespace_item = maker(NamespaceItem)


@dataclass(slots=True, eq=False)
class ParseState:
    """One query level under analysis. `depth` is 0 for the outermost.

    `domain_value` is the type and modifier of VALUE in a domain's check, `arguments` the numbers of
    the named arguments in a function's body. `expand_stars`: a star here is written out in the SQL.
    `omission` are columns that such a star does without.
    `unknown_functions` says whether a call of a function that does not exist may have the type that
    a cast on it states, `stated_result` the call under the last cast and that type.
    `output_names` are those of the select list once it is done, for advice only.
    `last_set_returning` is the set-returning call transformed last, which tells whether one occurs
    inside what has just been transformed. `collates`: the statement may write COLLATE;
    `collations` is what was found of its columns.
    """

    catalog: Catalog
    source: SourceFile
    parameters: ParameterTypes
    parent: ParseState | None = None
    depth: int = 0
    entries: list[RangeTableEntry] = field(default_factory=list)
    namespace: list[NamespaceItem] = field(default_factory=list)
    from_nodes: list[FromNode] = field(default_factory=list)
    ctes: list[CommonTable] = field(default_factory=list)
    future_ctes: list[CommonTableExpr] = field(default_factory=list)
    parent_cte: CommonTable | None = None
    windows: list[WindowDef] = field(default_factory=list)
    resolved_windows: list[Window] = field(default_factory=list)
    locking: list[Locking] = field(default_factory=list)
    expr_kind: ExprKind = "none"
    lateral_active: bool = False
    resolve_unknowns: bool = True
    target_item: NamespaceItem | None = None
    last_set_returning: Expr | None = None
    has_aggregates: bool = False
    has_sorting_aggregates: bool = False
    has_window_calls: bool = False
    has_set_returning: bool = False
    expand_stars: bool = False
    omission: Omission | None = None
    locked_from_parent: bool = False
    domain_value: tuple[int, int] | None = None
    arguments: dict[str, int] = field(default_factory=dict)
    function_name: str = ""
    output_names: tuple[str, ...] = ()
    unknown_functions: Literal["error", "warn"] = "error"
    stated_result: tuple[FuncCall, int] | None = None
    edits: list[TextEdit] = field(default_factory=list)
    warnings: list[Diagnostic] = field(default_factory=list)
    collates: bool = True
    collations: Known = field(default_factory=dict)

    def child(self) -> ParseState:
        """A state for a subquery of this level; parameters, edits and warnings are shared."""
        return ParseState(
            catalog=self.catalog,
            source=self.source,
            parameters=self.parameters,
            parent=self,
            depth=self.depth + 1,
            arguments=self.arguments,
            function_name=self.function_name,
            unknown_functions=self.unknown_functions,
            omission=self.omission,
            edits=self.edits,
            warnings=self.warnings,
            collates=self.collates,
            collations=self.collations,
        )

    def span(self, node: Node | Expr) -> Span:
        """The place of a syntax node or a typed expression in the source."""
        return Span(self.source, max(node.start, 0), max(node.end, 0))

    def error(
        self,
        code: Code,
        message: str,
        where: Node | Expr | tuple[int, int] | None = None,
        *,
        sqlstate: str,
        detail: str | None = None,
        hint: str | None = None,
        notes: tuple[str, ...] = (),
        help: str | None = None,
        labels: tuple[Label, ...] = (),
        label: str = "",
        cause: Span | None = None,
    ) -> NoReturn:
        """End the analysis with PostgreSQL's refusal: its wording, SQLSTATE and the exact place.

        `detail` and `hint` are PostgreSQL's too; `notes`, `help` and the labels are our own words.
        """
        if isinstance(where, tuple):
            spans: tuple[Label, ...] = (Label(Span(self.source, *where), label),)
        elif where is not None:
            spans = (Label(self.span(where), label),)
        else:
            spans = ()
        raise DiagnosticError(
            Diagnostic(
                code,
                "error",
                message,
                spans + labels,
                (*(note for note in (detail, hint) if note), *notes),
                help,
                sqlstate,
                cause=cause,
            )
        )

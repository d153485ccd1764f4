"""SELECT, VALUES, TABLE, set operations and WITH."""

from __future__ import annotations

from typing import Literal, NoReturn

from sqlwright.dataclass import replace
from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.queries.grouping import GroupingGrammar
from sqlwright.sql.grammar.queries.limit import Limit, LimitGrammar
from sqlwright.sql.grammar.queries.with_queries import WithGrammar

_AFTER_TARGETS = frozenset(
    (
        "except",
        "fetch",
        "for",
        "from",
        "group",
        "having",
        "intersect",
        "into",
        "limit",
        "offset",
        "on",
        "order",
        "returning",
        "union",
        "where",
        "window",
        "with",
    )
)
_SET_OPERATORS: dict[str, Literal["union", "intersect", "except"]] = {
    "union": "union",
    "intersect": "intersect",
    "except": "except",
}


class SelectGrammar(LimitGrammar, GroupingGrammar, WithGrammar):
    """`SelectStmt` and what belongs to it."""

    def select_statement(self) -> nodes.Select:
        """A query, in parentheses or not (`SelectStmt`)."""
        return self.select_no_parens()

    def select_with_parens(self) -> nodes.Select:
        """A query in parentheses."""
        return self.parenthesised(self.select_no_parens)

    def select_no_parens(self) -> nodes.Select:
        """A query with the WITH before it and the clauses after it."""
        self.descend()
        start = self.start()
        found = self.query_after_with(start, self.with_clause())
        self.ascend()
        return found

    def query_after_with(self, start: int, with_: nodes.With | None) -> nodes.Select:
        """The query whose WITH, if it has one, was just read."""
        query = self._set_operation(tightest=False)
        return self._with_options(start, query, with_)

    def where_clause(self) -> nodes.Expr | None:
        """`WHERE condition`, or nothing."""
        return self.a_expr() if self.accept("where") else None

    # Set operations

    def _set_operation(self, *, tightest: bool) -> nodes.Select:
        """Operands and the operators between them; INTERSECT binds tighter than the others."""
        start = self.start()
        left = self._intersection() if not tightest else self._select_clause()
        operators = ("intersect",) if tightest else ("union", "except")
        while self._curr.keyword in operators:
            operator = self.advance().keyword
            every = self.accept_any("all", "distinct") == "all"
            right = self._select_clause() if tightest else self._intersection()
            left = making.Select(
                start=start,
                end=self.end(),
                set_op=_SET_OPERATORS[operator],
                all=every,
                left=left,
                right=right,
            )
        return left

    def _intersection(self) -> nodes.Select:
        return self._set_operation(tightest=True)

    def _select_clause(self) -> nodes.Select:
        start = self.start()
        if self.at_symbol("("):
            return self.select_with_parens()
        if self.accept("select"):
            return self._simple_select(start)
        if self.accept("values"):
            rows = self.comma_list(lambda: self.parenthesised(self.expr_list))
            return making.Select(start=start, end=self.end(), values=rows)
        self.expect("table")
        relation = self.relation_expr()
        star = making.ColumnRef(start=start, end=self.end(), fields=(), star=True)
        target = making.Target(start=start, end=self.end(), expr=star)
        return making.Select(start=start, end=self.end(), targets=(target,), from_=(relation,))

    def _simple_select(self, start: int) -> nodes.Select:
        distinct = self._distinct_clause()
        targets = self.target_list() if distinct is not None else self._optional_targets()
        into = self._into_clause()
        from_ = self.from_clause()
        where = self.where_clause()
        group_by, group_distinct = self.group_clause()
        having = self.a_expr() if self.accept("having") else None
        windows = self.comma_list(self.window_definition) if self.accept("window") else ()
        return making.Select(
            start=start,
            end=self.end(),
            distinct=distinct,
            targets=targets,
            into=into,
            from_=from_,
            where=where,
            group_by=group_by,
            group_distinct=group_distinct,
            having=having,
            windows=windows,
        )

    def _distinct_clause(self) -> tuple[nodes.Expr, ...] | None:
        if self.accept("distinct"):
            return self.parenthesised(self.expr_list) if self.accept("on") else ()
        self.accept("all")
        return None

    def _optional_targets(self) -> tuple[nodes.Target, ...]:
        token = self._curr
        if token.kind == "end" or token.symbol == ")" or token.keyword in _AFTER_TARGETS:
            return ()
        return self.target_list()

    def target_list(self) -> tuple[nodes.Target, ...]:
        """One or more select-list items."""
        return self.comma_list(self._target)

    def _target(self) -> nodes.Target:
        start = self._curr.start
        if self._curr.symbol == "*":
            self.advance()
            star = making.ColumnRef(start=start, end=self.end(), fields=(), star=True)
            return making.Target(start=start, end=self.end(), expr=star)
        expr = self.target_expr()
        name = None
        if self.accept("as"):
            name = self.col_label()
        elif self.at_bare_col_label():
            name = self.bare_col_label()
        return making.Target(start=start, end=self.end(), expr=expr, name=name)

    def _into_clause(self) -> nodes.IntoClause | None:
        start = self.start()
        if not self.accept("into"):
            return None
        temporary = self._into_temporary()
        relation_start = self.start()
        name = self.qualified_name()
        relation = making.RangeVar(start=relation_start, end=self.end(), name=name)
        return nodes.IntoClause(start=start, end=self.end(), relation=relation, temporary=temporary)

    def _into_temporary(self) -> bool:
        """`[LOCAL|GLOBAL] TEMP[ORARY] [TABLE]`, `UNLOGGED [TABLE]` or `TABLE`, if written.

        All but TABLE are names as well: `INTO temp` makes a table called temp.
        """
        if self.at("local", "global") and self.peek(1).keyword in ("temp", "temporary"):
            self.advance()
            self.advance()
            self.accept("table")
            return True
        if self.at("temp", "temporary", "unlogged") and (
            self.peek(1).keyword == "table" or self.at_col_id(1)
        ):
            temporary = self.advance().keyword != "unlogged"
            self.accept("table")
            return temporary
        self.accept("table")
        return False

    # The clauses after a query

    def _with_options(
        self, start: int, query: nodes.Select, with_: nodes.With | None
    ) -> nodes.Select:
        """Read ORDER BY, LIMIT and locking, and put them and WITH on the query.

        A query in parentheses may have some of them already; those it must not get twice.
        """
        order_start = self._curr.start
        order = self.sort_clause() if self._curr.keyword == "order" else ()
        limit = Limit()
        locking: tuple[nodes.Locking, ...] = ()
        if self._curr.keyword == "for":
            locking = self.locking_clause()
            limit = self.select_limit()
        elif self._curr.keyword in ("limit", "offset", "fetch"):
            limit = self.select_limit()
            locking = self.locking_clause()
        elif not order and with_ is None:
            return query
        if order and query.order_by:
            self._refuse_clause("multiple ORDER BY clauses not allowed", order_start)
        locking = query.locking + locking
        self._check_limit(query, limit, ordered=bool(order or query.order_by), locking=locking)
        if with_ is not None and query.with_ is not None:
            self._refuse_clause("multiple WITH clauses not allowed", with_.start)
        return replace(
            query,
            start=start,
            end=self.end(),
            order_by=order or query.order_by,
            locking=locking,
            limit=limit.count or query.limit,
            offset=limit.offset or query.offset,
            with_ties=limit.with_ties or query.with_ties,
            with_=with_ or query.with_,
        )

    def _check_limit(
        self,
        query: nodes.Select,
        limit: Limit,
        *,
        ordered: bool,
        locking: tuple[nodes.Locking, ...],
    ) -> None:
        if limit.offset is not None and query.offset is not None:
            self._refuse_clause("multiple OFFSET clauses not allowed", limit.offset_start)
        if limit.count is not None and query.limit is not None:
            self._refuse_clause("multiple LIMIT clauses not allowed", limit.count_start)
        if not limit.with_ties:
            return
        if not ordered:
            self._refuse_clause(
                "WITH TIES cannot be specified without ORDER BY clause", limit.ties_start
            )
        if any(lock.wait == "skip locked" for lock in locking):
            self._refuse_clause(
                "SKIP LOCKED and WITH TIES options cannot be used together", limit.ties_start
            )

    def _refuse_clause(self, message: str, start: int) -> NoReturn:
        self.refuse("syntax-error", message, start, self.end())

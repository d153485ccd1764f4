"""SELECT, VALUES, TABLE, set operations and WITH."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NoReturn

from sqlwright.sql import nodes
from sqlwright.sql.from_items import FromItems
from sqlwright.sql.grouping import GroupBy

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


@dataclass(frozen=True, slots=True)
class _Limit:
    """LIMIT, OFFSET and FETCH of one query, each with the place of its keyword."""

    count: nodes.Expr | None = None
    offset: nodes.Expr | None = None
    with_ties: bool = False
    count_start: int = -1
    offset_start: int = -1
    ties_start: int = -1


class Queries(FromItems, GroupBy):
    """`SelectStmt` and what belongs to it."""

    def select_statement(self) -> nodes.Select:
        """A query, in parentheses or not (`SelectStmt`)."""
        return self.select_no_parens()

    def select_with_parens(self) -> nodes.Select:
        """A query in parentheses."""
        return self.parenthesised(self.select_no_parens)

    def select_no_parens(self) -> nodes.Select:
        """A query with the WITH before it and the clauses after it."""
        start = self.start()
        return self.query_after_with(start, self.with_clause())

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
        while (operator := self.accept_any(*operators)) is not None:
            every = self.accept_any("all", "distinct") == "all"
            right = self._select_clause() if tightest else self._intersection()
            left = nodes.Select(
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
            return nodes.Select(start=start, end=self.end(), values=rows)
        self.expect("table")
        relation = self.relation_expr()
        star = nodes.ColumnRef(start=start, end=self.end(), fields=(), star=True)
        target = nodes.Target(start=start, end=self.end(), expr=star)
        return nodes.Select(start=start, end=self.end(), targets=(target,), from_=(relation,))

    def _simple_select(self, start: int) -> nodes.Select:
        distinct = self._distinct_clause()
        targets = self.target_list() if distinct is not None else self._optional_targets()
        into = self._into_clause()
        from_ = self.from_clause()
        where = self.where_clause()
        group_by, group_distinct = self.group_clause()
        having = self.a_expr() if self.accept("having") else None
        windows = self.comma_list(self.window_definition) if self.accept("window") else ()
        return nodes.Select(
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
        start = self.start()
        if self.accept_symbol("*"):
            star = nodes.ColumnRef(start=start, end=self.end(), fields=(), star=True)
            return nodes.Target(start=start, end=self.end(), expr=star)
        expr = self.a_expr()
        name = None
        if self.accept("as"):
            name = self.col_label()
        elif self.at_bare_col_label():
            name = self.bare_col_label()
        return nodes.Target(start=start, end=self.end(), expr=expr, name=name)

    def _into_clause(self) -> nodes.IntoClause | None:
        start = self.start()
        if not self.accept("into"):
            return None
        temporary = self._into_temporary()
        relation_start = self.start()
        name = self.qualified_name()
        relation = nodes.RangeVar(start=relation_start, end=self.end(), name=name)
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
        order_start = self.start()
        order = self.sort_clause() if self.at("order") else ()
        limit = _Limit()
        locking: tuple[nodes.Locking, ...] = ()
        if self.at("for"):
            locking = self._locking_clause()
            limit = self._select_limit()
        elif self.at("limit", "offset", "fetch"):
            limit = self._select_limit()
            locking = self._locking_clause()
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
        limit: _Limit,
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

    def _select_limit(self) -> _Limit:
        """LIMIT or FETCH, and OFFSET, in either order, each at most once; or nothing."""
        if self.at("offset"):
            offset_start, offset = self.start(), self._offset_clause()
            count = self._limit_clause() if self.at("limit", "fetch") else _Limit()
            return replace(count, offset=offset, offset_start=offset_start)
        if not self.at("limit", "fetch"):
            return _Limit()
        count = self._limit_clause()
        if not self.at("offset"):
            return count
        offset_start = self.start()
        return replace(count, offset=self._offset_clause(), offset_start=offset_start)

    def _limit_clause(self) -> _Limit:
        start = self.start()
        if self.accept("fetch"):
            return self._fetch_clause(start)
        self.expect("limit")
        count = self._limit_value()
        if self.accept_symbol(","):
            self.a_expr()
            self.refuse(
                "syntax-error",
                "LIMIT #,# syntax is not supported",
                start,
                self.end(),
                help="Use separate LIMIT and OFFSET clauses.",
            )
        return _Limit(count=count, count_start=start)

    def _limit_value(self) -> nodes.Expr:
        start = self.start()
        if self.accept("all"):
            return nodes.Const(start=start, end=self.end(), kind="null", value="")
        return self.a_expr()

    def _fetch_clause(self, start: int) -> _Limit:
        self.expect_any("first", "next")
        count = self._fetch_value()
        self.expect_any("row", "rows")
        ties_start = self.start()
        with_ties = self.accept("with")
        if with_ties:
            self.expect("ties")
        else:
            self.expect("only")
        return _Limit(count=count, with_ties=with_ties, count_start=start, ties_start=ties_start)

    def _fetch_value(self) -> nodes.Expr:
        """The number of rows; ROW and ROWS stand for one row where nothing else is said."""
        start = self.start()
        if self.at("row", "rows") and self.peek(1).keyword in ("only", "with"):
            return nodes.Const(start=start, end=start, kind="integer", value="1")
        if self.at_symbol("+", "-"):
            return self._signed_number()
        return self.c_expr()

    def _signed_number(self) -> nodes.Const:
        start = self.start()
        sign = "-" if self.advance().symbol == "-" else ""
        token = self._curr
        if token.kind not in ("integer", "float"):
            self.syntax_error()
        self.advance()
        kind: Literal["integer", "float"] = "integer" if token.kind == "integer" else "float"
        return nodes.Const(start=start, end=self.end(), kind=kind, value=sign + token.value)

    def _offset_clause(self) -> nodes.Expr:
        self.expect("offset")
        first = self._index
        value = self.a_expr()
        if self.at("row", "rows"):
            self._check_row_count(first)
            self.advance()
        return value

    def _check_row_count(self, first: int) -> None:
        """Refuse `OFFSET value ROWS` where the value is more than a constant or an operand."""
        last = self._index
        self._move_to(first)
        if self.at_symbol("+", "-"):
            self.advance()
            if self._curr.kind in ("integer", "float"):
                self.advance()
        else:
            self.c_expr()
        inside = self._index == last
        self._move_to(last)
        if not inside:
            self.syntax_error()

    def _move_to(self, index: int) -> None:
        self._index = index
        self._curr = self._tokens[index]

    def _locking_clause(self) -> tuple[nodes.Locking, ...]:
        if self.accept("for", "read", "only"):
            return ()
        items: list[nodes.Locking] = []
        while self.at("for"):
            items.append(self._locking_item())
        return tuple(items)

    def _locking_item(self) -> nodes.Locking:
        start = self.start()
        self.expect("for")
        strength = self._locking_strength()
        relations: tuple[nodes.RangeVar, ...] = ()
        if self.accept("of"):
            relations = self.comma_list(self.relation_name)
        wait: Literal["nowait", "skip locked"] | None = None
        if self.accept("nowait"):
            wait = "nowait"
        elif self.accept("skip"):
            self.expect("locked")
            wait = "skip locked"
        return nodes.Locking(
            start=start, end=self.end(), strength=strength, relations=relations, wait=wait
        )

    def _locking_strength(self) -> Literal["update", "no key update", "share", "key share"]:
        word = self.expect_any("update", "no", "share", "key")
        if word in ("update", "share"):
            return "update" if word == "update" else "share"
        if word == "key":
            self.expect("share")
            return "key share"
        self.expect("key", "update")
        return "no key update"

    def relation_name(self) -> nodes.RangeVar:
        """A relation by its name alone."""
        start = self.start()
        name = self.qualified_name()
        return nodes.RangeVar(start=start, end=self.end(), name=name)

    # WITH

    def with_clause(self) -> nodes.With | None:
        """`WITH [RECURSIVE] ...`, or nothing."""
        start = self.start()
        if not self.accept("with"):
            return None
        # RECURSIVE is a name where one has to follow.
        recursive = self.at("recursive") and self.at_col_id(1)
        if recursive:
            self.advance()
        ctes = self.comma_list(self._common_table_expr)
        return nodes.With(start=start, end=self.end(), recursive=recursive, ctes=ctes)

    def _common_table_expr(self) -> nodes.CommonTableExpr:
        start = self.start()
        name = self.col_id()
        columns = self.parenthesised_list(self.col_id) if self.at_symbol("(") else ()
        self.expect("as")
        materialized = None
        if self.at("materialized"):
            self.advance()
            materialized = True
        elif self.accept("not"):
            self.expect("materialized")
            materialized = False
        query = self.parenthesised(self.preparable_statement)
        search = self._search_clause()
        cycle = self._cycle_clause()
        return nodes.CommonTableExpr(
            start=start,
            end=self.end(),
            name=name,
            columns=columns,
            materialized=materialized,
            query=query,
            search=search,
            cycle=cycle,
        )

    def _search_clause(self) -> nodes.CteSearch | None:
        start = self.start()
        if not self.accept("search"):
            return None
        breadth = self.expect_any("depth", "breadth") == "breadth"
        self.expect("first", "by")
        by = self.col_id_list()
        self.expect("set")
        column = self.col_id()
        return nodes.CteSearch(start=start, end=self.end(), breadth=breadth, by=by, column=column)

    def _cycle_clause(self) -> nodes.CteCycle | None:
        start = self.start()
        if not self.accept("cycle"):
            return None
        columns = self.col_id_list()
        self.expect("set")
        mark = self.col_id()
        value = default = None
        if self.accept("to"):
            value = self._constant()
            self.expect("default")
            default = self._constant()
        self.expect("using")
        path = self.col_id()
        return nodes.CteCycle(
            start=start,
            end=self.end(),
            columns=columns,
            mark=mark,
            value=value,
            default=default,
            path=path,
        )

    def _constant(self) -> nodes.Expr:
        """A literal, with or without a type's name before it (`AexprConst`)."""
        if self.at_symbol("(") or self._curr.kind == "param":
            self.syntax_error()
        expr = self.c_expr()
        if not isinstance(expr, nodes.Const) and not (
            isinstance(expr, nodes.TypeCast) and expr.form == "literal"
        ):
            self.syntax_error()
        return expr


_SET_OPERATORS: dict[str, Literal["union", "intersect", "except"]] = {
    "union": "union",
    "intersect": "intersect",
    "except": "except",
}

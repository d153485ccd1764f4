"""LIMIT, OFFSET, FETCH and the locking clauses at the end of a query."""

from __future__ import annotations

from typing import Literal

from sqlwright.dataclass import dataclass, replace
from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.queries.from_items import FromGrammar


@dataclass(frozen=True, slots=True)
class Limit:
    """LIMIT, OFFSET and FETCH of one query, each with the place of its keyword."""

    count: nodes.Expr | None = None
    offset: nodes.Expr | None = None
    with_ties: bool = False
    count_start: int = -1
    offset_start: int = -1
    ties_start: int = -1


class LimitGrammar(FromGrammar):
    """`select_limit` and `for_locking_clause`."""

    def select_limit(self) -> Limit:
        """LIMIT or FETCH, and OFFSET, in either order, each at most once; or nothing."""
        if self.at("offset"):
            offset_start, offset = self.start(), self._offset_clause()
            count = self._limit_clause() if self.at("limit", "fetch") else Limit()
            return replace(count, offset=offset, offset_start=offset_start)
        if not self.at("limit", "fetch"):
            return Limit()
        count = self._limit_clause()
        if not self.at("offset"):
            return count
        offset_start = self.start()
        return replace(count, offset=self._offset_clause(), offset_start=offset_start)

    def _limit_clause(self) -> Limit:
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
                hint="Use separate LIMIT and OFFSET clauses.",
            )
        return Limit(count=count, count_start=start)

    def _limit_value(self) -> nodes.Expr:
        start = self.start()
        if self.accept("all"):
            return making.Const(start=start, end=self.end(), kind="null", value="")
        return self.a_expr()

    def _fetch_clause(self, start: int) -> Limit:
        self.expect_any("first", "next")
        count = self._fetch_value()
        self.expect_any("row", "rows")
        ties_start = self.start()
        with_ties = self.accept("with")
        if with_ties:
            self.expect("ties")
        else:
            self.expect("only")
        return Limit(count=count, with_ties=with_ties, count_start=start, ties_start=ties_start)

    def _fetch_value(self) -> nodes.Expr:
        """The number of rows; ROW and ROWS stand for one row where nothing else is said."""
        start = self.start()
        if self.at("row", "rows") and self.peek(1).keyword in ("only", "with"):
            return making.Const(start=start, end=start, kind="integer", value="1")
        if self.at_symbol("+", "-"):
            return self.signed_number()
        return self.c_expr()

    def signed_number(self) -> nodes.Const:
        """A number with an optional sign."""
        start = self.start()
        sign = "-" if self.accept_symbol("-") else ""
        if not sign:
            self.accept_symbol("+")
        token = self._curr
        if token.kind not in ("integer", "float"):
            self.syntax_error()
        self.advance()
        kind: Literal["integer", "float"] = "integer" if token.kind == "integer" else "float"
        return making.Const(start=start, end=self.end(), kind=kind, value=sign + token.value)

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
        elif not self.at_prefix_operator():
            self.c_expr()
        inside = self._index == last
        self._move_to(last)
        if not inside:
            self.syntax_error()

    def _move_to(self, index: int) -> None:
        self._index = index
        self._curr = self._tokens[index]

    def locking_clause(self) -> tuple[nodes.Locking, ...]:
        if self.accept("for", "read"):
            self.expect("only")
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

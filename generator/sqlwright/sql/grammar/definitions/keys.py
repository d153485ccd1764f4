"""Reading the keys of indexes and partitions, partition bounds, and the options of sequences."""

from __future__ import annotations

from typing import Literal

from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.definitions.names import NameGrammar

_NUMBERED_SEQUENCE_OPTIONS = ("cache", "increment", "maxvalue", "minvalue", "start", "restart")


class KeyGrammar(NameGrammar):
    """Keys, partitions and sequences: parts of tables that stand on their own."""

    # Indexes and partitions

    def index_element(self) -> ddl.IndexElement:
        """A key of an index: column, function call or `(expression)`, with its options."""
        start = self.start()
        column, expr = self.key_expression()
        collation = self.any_name() if self.accept("collate") else None
        operator_class = None
        if self.at_col_id():
            operator_class = self.any_name()
            if self.at_symbol("("):
                self.storage_parameters()
        order: Literal["", "ASC/DESC", "NULLS FIRST/LAST"] = ""
        if self.accept_any("asc", "desc"):
            order = "ASC/DESC"
        if self.accept("nulls"):
            self.expect_any("first", "last")
            order = order or "NULLS FIRST/LAST"
        return ddl.IndexElement(
            start=start,
            end=self.end(),
            column=column,
            expr=expr,
            collation=collation,
            operator_class=operator_class,
            order=order,
        )

    def key_expression(self) -> tuple[str | None, nodes.Expr | None]:
        """A column's name, a call, or an expression in parentheses."""
        if self.at_symbol("("):
            return None, self.parenthesised(self.a_expr)
        if self.at_col_id() and self.peek(1).symbol not in ("(", ".", "["):
            return self.col_id(), None
        return None, self.func_expr_windowless()

    def partition_spec(self) -> ddl.PartitionSpec | None:
        """An optional PARTITION BY."""
        start = self.start()
        if not self.accept("partition", "by"):
            return None
        strategy = self.peek()
        name = self.col_id().lower()
        if name not in ("list", "range", "hash"):
            self.refuse(
                "invalid-parameter-value",
                f'unrecognized partitioning strategy "{strategy.value}"',
                strategy.start,
                strategy.end,
                sqlstate="22023",
            )
        keys = self.parenthesised_list(self._partition_key)
        return ddl.PartitionSpec(start=start, end=self.end(), strategy=name, keys=keys)

    def _partition_key(self) -> ddl.IndexElement:
        start = self.start()
        column, expr = self.key_expression()
        collation = self.any_name() if self.accept("collate") else None
        operator_class = self.any_name() if self.at_col_id() else None
        return ddl.IndexElement(
            start=start,
            end=self.end(),
            column=column,
            expr=expr,
            collation=collation,
            operator_class=operator_class,
        )

    def partition_bound(self) -> ddl.PartitionBound:
        """`DEFAULT` or `FOR VALUES ...`."""
        start = self.start()
        if self.accept("default"):
            return ddl.PartitionBound(start=start, end=self.end(), kind="default")
        self.expect("for", "values")
        start = self.start()
        if self.accept("in"):
            values = self.parenthesised_list(self.a_expr)
            return ddl.PartitionBound(start=start, end=self.end(), kind="list", values=values)
        if self.accept("from"):
            lower = self.parenthesised_list(self.a_expr)
            self.expect("to")
            upper = self.parenthesised_list(self.a_expr)
            return ddl.PartitionBound(
                start=start, end=self.end(), kind="range", lower=lower, upper=upper
            )
        self.expect("with")
        return self._hash_bound(start)

    def _hash_bound(self, start: int) -> ddl.PartitionBound:
        numbers: dict[str, int] = {}
        self.expect_symbol("(")
        while True:
            token = self.peek()
            word = self.non_reserved_word()
            if word not in ("modulus", "remainder"):
                self.refuse(
                    "syntax-error",
                    f'unrecognized hash partition bound specification "{word}"',
                    token.start,
                    token.end,
                )
            if word in numbers:
                self.refuse(
                    "syntax-error",
                    f"{word} for hash partition provided more than once",
                    token.start,
                    token.end,
                    sqlstate="42710",
                )
            numbers[word] = self.integer_constant()
            if not self.accept_symbol(","):
                break
        self.expect_symbol(")")
        for word in ("modulus", "remainder"):
            if word not in numbers:
                self.refuse(
                    "syntax-error",
                    f"{word} for hash partition must be specified",
                    start,
                    self.end(),
                )
        return ddl.PartitionBound(
            start=start,
            end=self.end(),
            kind="hash",
            modulus=numbers["modulus"],
            remainder=numbers["remainder"],
        )

    # Sequences

    def sequence_options(self) -> tuple[ddl.Option, ...]:
        """Options of a sequence, possibly none."""
        found: list[ddl.Option] = []
        while (option := self._sequence_option()) is not None:
            found.append(option)
        return tuple(found)

    def _sequence_option(self) -> ddl.Option | None:
        start = self.start()
        value: nodes.TypeName | nodes.Expr | ddl.ObjectName | None = None
        if self.accept("as"):
            name, value = "as", self.type_name()
        elif self.at(*_NUMBERED_SEQUENCE_OPTIONS):
            name = self.advance().keyword
            filler = "by" if name == "increment" else "with"
            written = name in ("increment", "start", "restart") and self.accept(filler)
            if name != "restart" or written or self._at_number():
                value = self.signed_constant()
        elif self.accept("no"):
            name = "no " + self.expect_any("maxvalue", "minvalue", "cycle")
        elif self.accept("owned", "by"):
            name, value = "owned by", self._owner()
        elif self.accept("sequence", "name"):
            name, value = "sequence name", self.object_name()
        elif self.at("cycle", "logged", "unlogged"):
            name = self.advance().keyword
        else:
            return None
        return ddl.Option(start=start, end=self.end(), name=name, value=value)

    def _at_number(self) -> bool:
        return self.peek().kind in ("integer", "float") or self.at_symbol("+", "-")

    def _owner(self) -> ddl.ObjectName:
        start = self.start()
        parts = self.any_name()
        return making.ObjectName(start=start, end=self.end(), parts=parts)

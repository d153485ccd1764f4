"""INSERT, UPDATE, DELETE and MERGE."""

from __future__ import annotations

from typing import Literal

from sqlwright.dataclass import replace
from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.queries.select import SelectGrammar


class ModifyGrammar(SelectGrammar):
    """The statements that change data, and the clauses they share."""

    def preparable_statement(self) -> nodes.Statement:
        """SELECT, INSERT, UPDATE, DELETE or MERGE, with or without WITH."""
        start = self.start()
        with_ = self.with_clause()
        if self.accept("insert"):
            return self._insert(start, with_)
        if self.accept("update"):
            return self._update(start, with_)
        if self.accept("delete"):
            return self._delete(start, with_)
        if self.accept("merge"):
            return self._merge(start, with_)
        return self.query_after_with(start, with_)

    # INSERT

    def _insert(self, start: int, with_: nodes.With | None) -> nodes.Insert:
        self.expect("into")
        relation = self._insert_target()
        columns: tuple[nodes.InsertColumn, ...] = ()
        if self.at_symbol("(") and self.peek(1).symbol != "(" and not self.holds_query():
            columns = self.parenthesised_list(self._target_column)
        elif self.accept("default"):
            self.expect("values")
            return self._insert_rest(start, with_, relation, columns, None, None)
        overriding = self._overriding()
        source = self.select_statement()
        return self._insert_rest(start, with_, relation, columns, overriding, source)

    def _insert_rest(
        self,
        start: int,
        with_: nodes.With | None,
        relation: nodes.RangeVar,
        columns: tuple[nodes.InsertColumn, ...],
        overriding: Literal["user", "system"] | None,
        source: nodes.Select | None,
    ) -> nodes.Insert:
        on_conflict = self._on_conflict()
        returning = self._returning_clause()
        return nodes.Insert(
            start=start,
            end=self.end(),
            relation=relation,
            columns=columns,
            source=source,
            overriding=overriding,
            on_conflict=on_conflict,
            returning=returning,
            with_=with_,
        )

    def _insert_target(self) -> nodes.RangeVar:
        relation = self.relation_name()
        start = self.start()
        if not self.accept("as"):
            return relation
        name = self.col_id()
        return replace(relation, alias=making.Alias(start=start, end=self.end(), name=name))

    def _target_column(self) -> nodes.InsertColumn:
        """A column with subscripts and fields, as INSERT and SET name it."""
        start = self.start()
        name = self.col_id()
        steps = self.indirection()
        return making.InsertColumn(start=start, end=self.end(), name=name, steps=steps)

    def _overriding(self) -> Literal["user", "system"] | None:
        if not self.accept("overriding"):
            return None
        kind: Literal["user", "system"] = (
            "user" if self.expect_any("user", "system") == "user" else "system"
        )
        self.expect("value")
        return kind

    def _on_conflict(self) -> nodes.OnConflict | None:
        start = self.start()
        if not self.accept("on"):
            return None
        self.expect("conflict")
        elements: tuple[nodes.ConflictElement, ...] = ()
        element_where = constraint = None
        if self.at_symbol("("):
            elements = self.parenthesised_list(self._conflict_element)
            element_where = self.where_clause()
        elif self.accept("on"):
            self.expect("constraint")
            constraint = self.col_id()
        self.expect("do")
        action: Literal["nothing", "update"] = "nothing"
        assignments: tuple[nodes.Assignment | nodes.MultiAssignment, ...] = ()
        where = None
        if self.expect_any("nothing", "update") == "update":
            action = "update"
            self.expect("set")
            assignments = self._set_clause_list()
            where = self.where_clause()
        return nodes.OnConflict(
            start=start,
            end=self.end(),
            action=action,
            elements=elements,
            element_where=element_where,
            constraint=constraint,
            assignments=assignments,
            where=where,
        )

    def _conflict_element(self) -> nodes.ConflictElement:
        """A column, a call or an expression in parentheses, in the words of an index definition."""
        start = self.start()
        expr = self._index_expression()
        collation = self.any_name() if self.accept("collate") else None
        operator_class = self.any_name() if self.at_col_id() else None
        options = operator_class is not None and self.at_symbol("(")
        if options:
            self.relation_options()
        direction: nodes.Direction | None = None
        if (word := self.accept_any("asc", "desc")) is not None:
            direction = "asc" if word == "asc" else "desc"
        nulls: nodes.NullsOrder | None = None
        if self.accept("nulls", "first"):
            nulls = "first"
        elif self.accept("nulls", "last"):
            nulls = "last"
        return nodes.ConflictElement(
            start=start,
            end=self.end(),
            expr=expr,
            collation=collation,
            operator_class=operator_class,
            direction=direction,
            nulls=nulls,
            options=options,
        )

    def _index_expression(self) -> nodes.Expr:
        if self.at_symbol("("):
            return self.parenthesised(self.a_expr)
        if self.at_function() or self.peek(1).symbol in (".", "["):
            return self.func_expr_windowless()
        start = self.start()
        name = self.col_id()
        return making.ColumnRef(start=start, end=self.end(), fields=(name,))

    def relation_options(self) -> None:
        """`(name [= value], ...)`: storage parameters and operator class options."""
        self.parenthesised_list(self.definition_item)

    # UPDATE and DELETE

    def _update(self, start: int, with_: nodes.With | None) -> nodes.Update:
        relation = self.modified_relation()
        self.expect("set")
        assignments = self._set_clause_list()
        from_ = self.from_clause()
        where = self._where_or_current()
        returning = self._returning_clause()
        return nodes.Update(
            start=start,
            end=self.end(),
            relation=relation,
            assignments=assignments,
            from_=from_,
            where=where,
            returning=returning,
            with_=with_,
        )

    def _set_clause_list(self) -> tuple[nodes.Assignment | nodes.MultiAssignment, ...]:
        return self.comma_list(self._set_clause)

    def _set_clause(self) -> nodes.Assignment | nodes.MultiAssignment:
        start = self.start()
        if self.at_symbol("("):
            targets = self.parenthesised_list(self._target_column)
            self.expect_symbol("=")
            source = self.a_expr()
            return nodes.MultiAssignment(
                start=start, end=self.end(), targets=targets, source=source
            )
        target = self._target_column()
        self.expect_symbol("=")
        value = self.a_expr()
        return making.Assignment(start=start, end=self.end(), target=target, value=value)

    def _delete(self, start: int, with_: nodes.With | None) -> nodes.Delete:
        self.expect("from")
        relation = self.modified_relation()
        using = self.comma_list(self.table_ref) if self.accept("using") else ()
        where = self._where_or_current()
        returning = self._returning_clause()
        return nodes.Delete(
            start=start,
            end=self.end(),
            relation=relation,
            using=using,
            where=where,
            returning=returning,
            with_=with_,
        )

    def _where_or_current(self) -> nodes.Expr | None:
        if not self.accept("where"):
            return None
        start = self.start()
        if self.accept("current", "of"):
            cursor = self.col_id()
            return nodes.CurrentOf(start=start, end=self.end(), cursor=cursor)
        return self.a_expr()

    # MERGE

    def _merge(self, start: int, with_: nodes.With | None) -> nodes.Merge:
        self.expect("into")
        relation = self.modified_relation()
        self.expect("using")
        source = self.table_ref()
        self.expect("on")
        on = self.a_expr()
        branches = [self._merge_when()]
        while self.at("when"):
            branches.append(self._merge_when())
        returning = self._returning_clause()
        return nodes.Merge(
            start=start,
            end=self.end(),
            relation=relation,
            source=source,
            on=on,
            branches=tuple(branches),
            returning=returning,
            with_=with_,
        )

    def _merge_when(self) -> nodes.MergeWhen:
        start = self.start()
        self.expect("when")
        match = self._merge_match()
        condition = self.a_expr() if self.accept("and") else None
        self.expect("then")
        if self.accept("do"):
            self.expect("nothing")
            branch = nodes.MergeWhen(start=start, end=self.end(), match=match, action="nothing")
        elif match == "not matched by target":
            self.expect("insert")
            branch = self._merge_insert(start)
        elif self.expect_any("update", "delete") == "update":
            self.expect("set")
            assignments = self._set_clause_list()
            branch = nodes.MergeWhen(
                start=start,
                end=self.end(),
                match=match,
                action="update",
                assignments=assignments,
            )
        else:
            branch = nodes.MergeWhen(start=start, end=self.end(), match=match, action="delete")
        return replace(branch, condition=condition)

    def _merge_match(
        self,
    ) -> Literal["matched", "not matched by source", "not matched by target"]:
        negated = self.accept("not")
        self.expect("matched")
        if not negated:
            return "matched"
        if self.accept("by") and self.expect_any("source", "target") == "source":
            return "not matched by source"
        return "not matched by target"

    def _merge_insert(self, start: int) -> nodes.MergeWhen:
        if self.accept("default"):
            self.expect("values")
            return nodes.MergeWhen(
                start=start, end=self.end(), match="not matched by target", action="insert"
            )
        columns = self.parenthesised_list(self._target_column) if self.at_symbol("(") else ()
        overriding = self._overriding()
        self.expect("values")
        values = self.parenthesised(self.expr_list)
        return nodes.MergeWhen(
            start=start,
            end=self.end(),
            match="not matched by target",
            action="insert",
            columns=columns,
            values=values,
            overriding=overriding,
        )

    # RETURNING

    def _returning_clause(self) -> nodes.Returning | None:
        start = self.start()
        if not self.accept("returning"):
            return None
        aliases: dict[str, str] = {}
        if self.accept("with"):
            for kind, name, option_start, option_end in self.parenthesised_list(
                self._returning_option
            ):
                if kind in aliases:
                    self.refuse(
                        "syntax-error",
                        f"{kind.upper()} cannot be specified multiple times",
                        option_start,
                        option_end,
                    )
                aliases[kind] = name
        targets = self.target_list()
        return nodes.Returning(
            start=start,
            end=self.end(),
            targets=targets,
            old_alias=aliases.get("old"),
            new_alias=aliases.get("new"),
        )

    def _returning_option(self) -> tuple[str, str, int, int]:
        start = self.start()
        kind = self.expect_any("old", "new")
        self.expect("as")
        name = self.col_id()
        return kind, name, start, self.end()

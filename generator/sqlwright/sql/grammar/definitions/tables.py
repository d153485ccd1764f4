"""Reading CREATE TABLE, CREATE INDEX, CREATE SEQUENCE and CREATE VIEW."""

from __future__ import annotations

from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.definitions.constraints import ConstraintGrammar

_LIKE_PROPERTIES = (
    "comments",
    "compression",
    "constraints",
    "defaults",
    "generated",
    "identity",
    "indexes",
    "statistics",
    "storage",
)
_CONSTRAINT_WORDS = ("constraint", "check", "unique", "primary", "foreign", "exclude")


class TableGrammar(ConstraintGrammar):
    """Definitions of relations."""

    def persistence(self) -> ddl.Persistence:
        """Optional TEMPORARY or UNLOGGED."""
        if self.at("local", "global") and self.peek(1).keyword in ("temp", "temporary"):
            self.advance()
        if self.accept_any("temporary", "temp"):
            return "temporary"
        return "unlogged" if self.accept("unlogged") else "permanent"

    # Tables

    def create_table(
        self, start: int, persistence: ddl.Persistence, *, foreign: bool = False
    ) -> ddl.CreateTable | nodes.CreateTableAs:
        """After CREATE ... TABLE."""
        if_not_exists = self.if_not_exists()
        relation = self.target_relation()
        if not foreign and self._at_table_as():
            return self._create_table_as(start, relation, persistence, if_not_exists)
        table = ddl.CreateTable(
            start=start,
            end=self.end(),
            relation=relation,
            persistence=persistence,
            if_not_exists=if_not_exists,
        )
        if self.accept("of"):
            type_start = self.start()
            names = self.any_name()
            of_type = making.TypeName(start=type_start, end=self.end(), names=names)
            table = replace(table, of_type=of_type, elements=self._typed_elements())
        elif self.accept("partition", "of"):
            parent = self.target_relation()
            elements = self._typed_elements()
            bound = self.partition_bound()
            table = replace(table, partition_of=parent, elements=elements, bound=bound)
        else:
            table = replace(table, elements=self._table_elements())
            if self.accept("inherits"):
                parents = self.parenthesised_list(self.target_relation)
                table = replace(table, inherits=parents)
        return self._table_tail(table, foreign=foreign)

    def _table_tail(self, table: ddl.CreateTable, *, foreign: bool) -> ddl.CreateTable:
        if foreign:
            self.expect("server")
            server = self.col_id()
            self.generic_options()
            return replace(table, end=self.end(), server=server)
        partition_by = self.partition_spec()
        parameters, on_commit = self._storage_and_commit()
        return replace(
            table,
            end=self.end(),
            partition_by=partition_by,
            on_commit=on_commit,
            parameters=parameters,
        )

    def _storage_and_commit(
        self, *, may_commit: bool = True
    ) -> tuple[tuple[ddl.Option, ...], ddl.OnCommit | None]:
        """USING method, WITH (...), TABLESPACE, and for a table ON COMMIT."""
        if self.accept("using"):
            self.col_id()
        parameters: tuple[ddl.Option, ...] = ()
        if not self.accept("without", "oids") and self.accept("with"):
            parameters = self.storage_parameters()
        on_commit: ddl.OnCommit | None = None
        if may_commit and self.accept("on"):
            self.expect("commit")
            if self.accept("drop"):
                on_commit = "drop"
            elif self.accept("delete", "rows"):
                on_commit = "delete rows"
            else:
                self.expect("preserve", "rows")
                on_commit = "preserve rows"
        if self.accept("tablespace"):
            self.col_id()
        return parameters, on_commit

    def _table_elements(self) -> tuple[ddl.TableElement, ...]:
        self.expect_symbol("(")
        if self.accept_symbol(")"):
            return ()
        elements = self.comma_list(self._table_element)
        self.expect_symbol(")")
        return elements

    def _table_element(self) -> ddl.TableElement:
        keyword = self._curr.keyword
        if keyword == "like":
            return self._like_clause()
        if keyword in _CONSTRAINT_WORDS or self.at_sequence("not", "null"):
            return self.table_constraint()
        return self.column_definition()

    def column_definition(self) -> ddl.ColumnDefinition:
        """`name type [STORAGE ...] [constraints]`."""
        start = self.start()
        name = self.col_id()
        name_end = self.end()
        type_name = self.type_name()
        storage = [
            self.storage_option(word) for word in ("storage", "compression") if self.accept(word)
        ]
        self.generic_options()
        constraints, collation = self.column_constraints()
        return making.ColumnDefinition(
            start=start,
            end=self.end(),
            name=name,
            name_end=name_end,
            type_name=type_name,
            collation=collation,
            constraints=constraints,
            storage=tuple(storage),
        )

    def _typed_elements(self) -> tuple[ddl.TableElement, ...]:
        """Elements of a typed table or a partition: columns without types, constraints."""
        if not self.at_symbol("("):
            return ()
        return self.parenthesised_list(self._typed_element)

    def _typed_element(self) -> ddl.TableElement:
        if self.at(*_CONSTRAINT_WORDS) or self.at_sequence("not", "null"):
            return self.table_constraint()
        start = self.start()
        name = self.col_id()
        name_end = self.end()
        self.accept("with", "options")
        constraints, collation = self.column_constraints()
        return making.ColumnDefinition(
            start=start,
            end=self.end(),
            name=name,
            name_end=name_end,
            type_name=None,
            collation=collation,
            constraints=constraints,
        )

    def _like_clause(self) -> ddl.LikeClause:
        start = self.start()
        self.expect("like")
        relation = self.target_relation()
        options: set[str] = set()
        while (verb := self.accept_any("including", "excluding")) is not None:
            word = self.expect_any("all", *_LIKE_PROPERTIES)
            named = set(_LIKE_PROPERTIES) if word == "all" else {word}
            options = options | named if verb == "including" else options - named
        return ddl.LikeClause(
            start=start, end=self.end(), relation=relation, options=frozenset(options)
        )

    def generic_options(self) -> None:
        """Optional `OPTIONS (name 'value', ...)` of foreign objects."""
        if self.accept("options"):
            self.parenthesised_list(self._generic_option)

    def _generic_option(self) -> None:
        change = self.peek(1).kind in ("word", "quoted") and self.accept_any("set", "add", "drop")
        self.col_label()
        if change != "drop":
            self.string_constant()

    # CREATE TABLE AS

    def _at_table_as(self) -> bool:
        """Whether AS follows the name and its optional column list; only such a list holds a bare
        name before a comma or the closing parenthesis.
        """
        if not self.at_symbol("("):
            return not self.at("of", "partition")
        return self.at_col_id(1) and self.peek(2).symbol in (",", ")")

    def _create_table_as(
        self,
        start: int,
        relation: nodes.RangeVar,
        persistence: ddl.Persistence,
        if_not_exists: bool,
    ) -> nodes.CreateTableAs:
        columns: tuple[str, ...] = ()
        if self.at_symbol("("):
            columns = tuple(each.parts[0] for each in self.column_names())
        parameters, _ = self._storage_and_commit()
        self.expect("as")
        query = self.explainable_query()
        with_data = self.with_data()
        return nodes.CreateTableAs(
            start=start,
            end=self.end(),
            relation=relation,
            columns=columns,
            query=query,
            if_not_exists=if_not_exists,
            with_data=with_data,
            parameters=parameters,
            temporary=persistence == "temporary",
        )

    def explainable_query(self) -> nodes.Statement:
        """A query, or EXECUTE of a prepared one."""
        start = self.start()
        if not self.accept("execute"):
            return self.select_statement()
        name = self.col_id()
        args: tuple[nodes.Expr, ...] = ()
        if self.at_symbol("("):
            args = self.parenthesised_list(self.a_expr)
        return nodes.Execute(start=start, end=self.end(), name=name, args=args)

    def with_data(self) -> bool:
        """Optional WITH [NO] DATA."""
        if not self.accept("with"):
            return True
        without = self.accept("no")
        self.expect("data")
        return not without

    # Views

    def create_view(
        self, start: int, persistence: ddl.Persistence, *, replace: bool, recursive: bool
    ) -> ddl.CreateView:
        """After CREATE ... VIEW."""
        relation = self.target_relation()
        columns = self.column_names() if recursive or self.at_symbol("(") else ()
        options = self.storage_parameters() if self.accept("with") else ()
        self.expect("as")
        query = self.select_statement()
        checked = any(each.name == "check_option" for each in options)
        if self.accept("with"):
            self.accept_any("local", "cascaded")
            self.expect("check", "option")
            checked = True
        return ddl.CreateView(
            start=start,
            end=self.end(),
            relation=relation,
            columns=columns,
            query=query,
            replace=replace,
            recursive=recursive,
            persistence=persistence,
            checked=checked,
            parameters=options,
        )

    def create_materialized_view(
        self, start: int, persistence: ddl.Persistence
    ) -> nodes.CreateTableAs:
        """After CREATE [UNLOGGED] MATERIALIZED VIEW."""
        if persistence == "unlogged":
            self.refuse(
                "feature-not-supported",
                "materialized views cannot be unlogged",
                start,
                self.previous.end,
                sqlstate="0A000",
            )
        if persistence == "temporary":
            self.syntax_error(self.previous)
        if_not_exists = self.if_not_exists()
        relation = self.target_relation()
        columns: tuple[str, ...] = ()
        if self.at_symbol("("):
            columns = tuple(each.parts[0] for each in self.column_names())
        parameters, _ = self._storage_and_commit(may_commit=False)
        self.expect("as")
        query = self.select_statement()
        with_data = self.with_data()
        return nodes.CreateTableAs(
            start=start,
            end=self.end(),
            relation=relation,
            columns=columns,
            query=query,
            materialized=True,
            if_not_exists=if_not_exists,
            with_data=with_data,
            parameters=parameters,
        )

    # Indexes and sequences

    def create_index(self, start: int, *, unique: bool) -> ddl.CreateIndex:
        """After CREATE [UNIQUE] INDEX."""
        concurrently = self.accept("concurrently")
        if_not_exists = self.if_not_exists()
        name = None
        if if_not_exists or not self.at("on"):
            name_start = self.start()
            name = making.ObjectName(start=name_start, parts=(self.col_id(),), end=self.end())
        self.expect("on")
        relation = self.relation_with_children()
        access_method = self.col_id() if self.accept("using") else None
        elements = self.parenthesised_list(self.index_element)
        including: tuple[ddl.IndexElement, ...] = ()
        if self.accept("include"):
            including = self.parenthesised_list(self.index_element)
        nulls_not_distinct = self._nulls_not_distinct()
        parameters = self.storage_parameters() if self.accept("with") else ()
        if self.accept("tablespace"):
            self.col_id()
        where = self.a_expr() if self.accept("where") else None
        return ddl.CreateIndex(
            start=start,
            end=self.end(),
            relation=relation,
            name=name,
            elements=elements,
            unique=unique,
            if_not_exists=if_not_exists,
            including=including,
            concurrently=concurrently,
            nulls_not_distinct=nulls_not_distinct,
            access_method=access_method,
            where=where,
            parameters=parameters,
        )

    def create_sequence(self, start: int, persistence: ddl.Persistence) -> ddl.CreateSequence:
        """After CREATE ... SEQUENCE."""
        if_not_exists = self.if_not_exists()
        relation = self.target_relation()
        options = self.sequence_options()
        return ddl.CreateSequence(
            start=start,
            end=self.end(),
            relation=relation,
            options=options,
            persistence=persistence,
            if_not_exists=if_not_exists,
        )

"""Catalogs and query facts made by hand, for tests of what is planned and rendered from them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis.facts import (
    Parameter,
    QueryFacts,
    ResultColumn,
    RowCount,
)
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.catalog.model import Column, Relation, Type
from sqlwright.dataclass import replace
from sqlwright.source import SourceFile, Span
from sqlwright.sql.statements import Command


class Database:
    """A catalog that grows, with short ways to name what is in it."""

    def __init__(self) -> None:
        self.catalog: Catalog = initial_catalog()
        self._next = 20000

    def type(self, name: str) -> int:
        """The OID of a type, with `[]` behind it that of its array type."""
        found = self.catalog.find_type(tuple(name.removesuffix("[]").split(".")))
        assert found is not None, name
        return self.catalog.array_type(found.oid) if name.endswith("[]") else found.oid

    def enum(self, name: str, *labels: str, schema: str = "public") -> None:
        """Add an enum."""
        self._add(Type(self._oid(), schema, name, "enum", "E", labels=labels))

    def domain(self, name: str, base: str) -> None:
        """Add a domain."""
        self._add(Type(self._oid(), "public", name, "domain", "U", base=self.type(base)))

    def _add(self, added: Type) -> None:
        """Add a type with the array type that every type has."""
        array = self._oid()
        of_it = Type(array, added.schema, f"_{added.name}", "base", "A", element=added.oid)
        self.catalog = self.catalog.with_type(
            replace(added, array=array), replace(of_it, is_array=True)
        )

    def table(self, name: str, columns: Sequence[str], *, comment: str | None = None) -> Relation:
        """Add a table; a column is `name type`, with ` null` where it may be NULL."""
        return self._relation(name, columns, "table", comment)

    def composite(self, name: str, columns: Sequence[str]) -> Relation:
        """Add a composite type."""
        return self._relation(name, [f"{column} null" for column in columns], "composite", None)

    def _relation(
        self, name: str, columns: Sequence[str], kind: str, comment: str | None
    ) -> Relation:
        schema, _, bare = name.rpartition(".")
        oid, row_type = self._oid(), self._oid()
        relation = Relation(
            oid,
            schema or "public",
            bare,
            "table" if kind == "table" else "composite type",
            tuple(self._column(text, number) for number, text in enumerate(columns, 1)),
            row_type,
            comment=comment,
        )
        self._add(Type(row_type, relation.schema, bare, "composite", "C", relation=oid))
        self.catalog = self.catalog.with_relation(relation)
        return relation

    def _column(self, text: str, number: int) -> Column:
        text, null, _ = text.partition(" null")
        name, _, type_name = text.rpartition(" ")
        return Column(name, self.type(type_name), number, not_null=not null)

    def _oid(self) -> int:
        self._next += 1
        return self._next

    def rows_of(self, relation: Relation) -> tuple[ResultColumn, ...]:
        """The columns of a result that has all of a table's."""
        return tuple(
            ResultColumn(
                column.name,
                column.type,
                column.type,
                -1,
                not column.not_null,
                relation=relation.oid,
                relation_column=column.name,
            )
            for column in relation.columns
        )

    def column(self, text: str) -> ResultColumn:
        """A column of a result: `name type`, with ` null` where it may be NULL."""
        text, null, _ = text.partition(" null")
        name, _, type_name = text.rpartition(" ")
        oid = self.type(type_name)
        return ResultColumn(name, oid, oid, -1, bool(null))

    def parameters(self, texts: Sequence[str]) -> tuple[Parameter, ...]:
        """Parameters, written as columns are."""
        columns = [self.column(text) for text in texts]
        return tuple(
            Parameter(column.name, position, column.type, column.nullable)
            for position, column in enumerate(columns, 1)
        )

    def query(
        self,
        name: str,
        command: Command = "exec",
        *,
        parameters: Sequence[str] = (),
        columns: Sequence[str] | Relation = (),
        rows: RowCount | None = None,
        comment: Sequence[str] = (),
        sql: str = "SELECT",
        file: str = "queries/all.sql",
    ) -> QueryFacts:
        """The facts of a query."""
        guessed: RowCount = "many" if command in ("many", "stream") else "at-most-one"
        if isinstance(columns, Relation):
            found = self.rows_of(columns)
        else:
            found = tuple(map(self.column, columns))
        return QueryFacts(
            name,
            command,
            tuple(comment),
            Span(SourceFile(file, sql), 0, len(sql)),
            sql,
            self.parameters(parameters),
            found,
            (),
            rows or guessed,
        )

"""What the two processes tell each other: a task on the way there, events on the way back."""

from __future__ import annotations

from typing import Any, Literal

from sqlwright.dataclass import dataclass

Kind = Literal["scalar", "enum", "array", "composite", "range", "multirange", "json"]


@dataclass(frozen=True, slots=True)
class Shape:
    """A PostgreSQL type as far as values for it need to know it: `texts` are some that it reads.
    `type` is the name of a scalar in SQL."""

    kind: Kind
    type: str = ""
    texts: tuple[str, ...] = ()
    inner: tuple[Shape, ...] = ()

    def as_json(self) -> dict[str, Any]:
        inner = [item.as_json() for item in self.inner]
        return {"kind": self.kind, "type": self.type, "texts": self.texts, "inner": inner}

    @staticmethod
    def of_json(value: Any) -> Shape:
        inner = tuple(Shape.of_json(item) for item in value["inner"])
        return Shape(value["kind"], value["type"], tuple(value["texts"]), inner)


@dataclass(frozen=True, slots=True)
class Given:
    """A parameter of a function: the shape of its values, and the column they belong to as the
    texts of (table, column) in SQL. `not_null` says of it, or of the elements of an array, that
    NULL is not sent. `of_row` marks a field of rows that are sent as arrays."""

    name: str
    shape: Shape
    column: tuple[str, str] | None = None
    not_null: bool = False
    of_row: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "shape": self.shape.as_json(),
            "column": self.column,
            "not_null": self.not_null,
            "of_row": self.of_row,
        }

    @staticmethod
    def of_json(value: Any) -> Given:
        column = value["column"]
        return Given(
            value["name"],
            Shape.of_json(value["shape"]),
            tuple(column) if column else None,
            value["not_null"],
            value["of_row"],
        )


@dataclass(frozen=True, slots=True)
class PackageFunction:
    """A function to call: where it is, its query, and what is known of its parameters. `literals`
    are constants that the query it sends must have. `meets_codecs` says that it is to do the same
    whether the connection has json codecs of its own or not. `sort` and `after` are the names of
    the parameters that choose an order and a page, if it has them, and `place` the shapes of the
    values of a row's position. `steady` says that rows which nobody changes come again."""

    query: str
    module: str
    function: str
    command: str
    writes: bool
    literals: tuple[str, ...]
    meets_codecs: bool
    given: tuple[Given, ...]
    sort: str = ""
    after: str = ""
    place: tuple[Shape, ...] = ()
    steady: bool = True

    def as_json(self) -> dict[str, Any]:
        return {
            "query": self.query,
            "module": self.module,
            "function": self.function,
            "command": self.command,
            "writes": self.writes,
            "literals": self.literals,
            "meets_codecs": self.meets_codecs,
            "given": [item.as_json() for item in self.given],
            "sort": self.sort,
            "after": self.after,
            "place": [item.as_json() for item in self.place],
            "steady": self.steady,
        }

    @staticmethod
    def of_json(value: Any) -> PackageFunction:
        given = tuple(Given.of_json(item) for item in value["given"])
        place = tuple(Shape.of_json(item) for item in value["place"])
        literals = tuple(value["literals"])
        return PackageFunction(**{**value, "given": given, "literals": literals, "place": place})


@dataclass(frozen=True, slots=True)
class Task:
    """All that the other process needs. `states` are the contents of the tables, each a list of
    INSERTs. `own` says that the database is there for this alone, so that what a call writes may
    stay. `conversions` are the names of functions of the user's own. `first` is the step to begin
    with, before which comes `warm`; `skipped` are queries that are not called."""

    uri: str
    folder: str
    root: str
    functions: tuple[PackageFunction, ...]
    states: tuple[tuple[str, ...], ...]
    own: bool
    conversions: tuple[str, ...]
    first: int = -1
    warms: bool = True
    skipped: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "uri": self.uri,
            "folder": self.folder,
            "root": self.root,
            "functions": [item.as_json() for item in self.functions],
            "states": self.states,
            "own": self.own,
            "conversions": self.conversions,
            "first": self.first,
            "warms": self.warms,
            "skipped": self.skipped,
        }

    @staticmethod
    def of_json(value: Any) -> Task:
        return Task(
            **{
                **value,
                "functions": tuple(PackageFunction.of_json(item) for item in value["functions"]),
                "states": tuple(tuple(item) for item in value["states"]),
                "conversions": tuple(value["conversions"]),
                "skipped": tuple(value["skipped"]),
            }
        )

"""What the commands make of one package, as values that need nothing of what made them."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from sqlwright.codegen.model import Support
from sqlwright.codegen.reported_rules import UnusedRule
from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Made:
    """What `generate` makes: the `files` by their paths in the package, None where errors are in
    the way. `functions` is how many queries it has, or would have without those with errors;
    `rules` are those of its options, of which it has no use for the `unused`. `support` is what it
    wants of a package that several share, None if it has that itself."""

    functions: int
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[tuple[str, str], ...] | None = None
    rules: tuple[UnusedRule, ...] = ()
    unused: tuple[UnusedRule, ...] = ()
    support: Support | None = None


class ParameterJson(TypedDict):
    """A parameter; `type` is PostgreSQL's, `python` the annotation, and `elements_nullable` about
    those of an array."""

    name: str
    position: int
    type: str
    nullable: bool
    elements_nullable: bool
    python: str


class ColumnJson(TypedDict):
    """A result column under the name PostgreSQL reports, or a field of anonymous rows; `fields` are
    those of the anonymous rows in it, where it holds such."""

    name: str
    type: str
    nullable: bool
    elements_nullable: bool
    python: str
    relation: str | None
    embed: str | None
    fields: NotRequired[list[ColumnJson]]


class VariantJson(TypedDict):
    """A text of a query with parts that can be left out: the parameters `optional` to it that are
    given, and the positions in the full query of those that it has."""

    optional: list[str]
    sort: str | None
    sql: str
    parameters: list[int]


ViolationJson = TypedDict(
    "ViolationJson",
    {
        "table": str | None,
        "domain": str | None,
        "constraint": str,
        "kind": str,
        "columns": list[str],
        "class": str,
    },
)
"""A constraint, of a table or of a domain, that a statement can violate before its transaction
ends, and the class that the error has."""


class QueryJson(TypedDict):
    """A query; `rows` is what can be proved of their number, and `variants` are its texts where it
    has several. `position` are the parameters that one behind a row has besides. `raises` is there
    where errors of constraints have classes."""

    name: str
    command: str
    file: str
    line: int
    sql: str
    rows: str
    parameters: list[ParameterJson]
    columns: list[ColumnJson]
    variants: NotRequired[list[VariantJson]]
    raises: NotRequired[list[ViolationJson]]
    position: NotRequired[list[ParameterJson]]


@dataclass(frozen=True, slots=True)
class Inspected:
    """The queries of one package as data and as texts, with every report."""

    queries: list[QueryJson]
    texts: list[str]
    diagnostics: tuple[Diagnostic, ...]

    def of(self, query: str) -> Inspected:
        """What there is of one query, and the reports on it and on all of them."""
        mine = [at for at, each in enumerate(self.queries) if each["name"] == query]
        return Inspected(
            [self.queries[at] for at in mine],
            [self.texts[at] for at in mine],
            tuple(item for item in self.diagnostics if item.query in (None, query)),
        )

"""What every change that DDL makes works with: the catalog so far, the source, the analysis."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NoReturn, Protocol

from sqlwright.catalog.analyser import (
    AnalysedExpression,
    AnalysedQuery,
    Analyser,
    ExpressionUse,
)
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.model import Relation
from sqlwright.catalog.references import known_references
from sqlwright.dataclass import dataclass, field, replace
from sqlwright.diagnostics import Code, Diagnostic, DiagnosticError, Label
from sqlwright.source import SourceFile, Span
from sqlwright.sql import nodes


class Place(Protocol):
    """Anything with a stretch of the source: a syntax node."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Add = Callable[["Context"], "Context"]
Handler = Callable[["Context", Any], "Context"]
"""What makes the change of a statement."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part that was left out of a statement about `table`, if it is about one: what it is, its
    place, and why.

    `add` adds it once it can be resolved, as the SQL `alone` does; `listed` is what stands in a
    list of elements or actions, to which a comma belongs. Where something has to stand in its
    place, that is `instead`.
    """

    table: tuple[str, str] | None
    noun: str
    place: Span
    diagnostic: Diagnostic
    add: Add
    listed: bool
    alone: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Assumed:
    """A schema that is taken to be there, and the place that says so."""

    schema: str
    place: Span


@dataclass(slots=True)
class Parts:
    """The parts left out of the statement that is being applied; with `last_resort` also those that
    no later statement can add (generation expressions, conditions of policies, bodies of
    functions). `assumed` is what had to be there for the statement."""

    last_resort: bool = False
    left_out: list[Part] = field(default_factory=list)
    assumed: list[Assumed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Context:
    """One statement being applied. Functions take a context and give back one with a new catalog,
    or raise DiagnosticError as PostgreSQL would refuse. `warnings` alone is filled along the way,
    and `parts`, where those of a statement may be left out that cannot be resolved.
    """

    catalog: Catalog
    source: SourceFile
    analyse: Analyser
    warnings: list[Diagnostic] = field(default_factory=list)
    parts: Parts | None = None

    def at(self, catalog: Catalog) -> Context:
        """The same with another catalog."""
        return self if catalog is self.catalog else replace(self, catalog=catalog)

    def span(self, place: Place) -> Span:
        """The place of a syntax node; of what another statement made it is known already."""
        return place if isinstance(place, Span) else Span(self.source, place.start, place.end)

    def speaks_of_infinity(self, place: Place) -> bool:
        """Whether the word stands in a part of the statement."""
        return "infinity" in self.source.text[place.start : place.end].lower()

    def expression(
        self,
        expr: nodes.Expr,
        use: ExpressionUse,
        relation: Relation | None = None,
        target: tuple[int, int, str] | None = None,
        value: tuple[int, int] | None = None,
    ) -> AnalysedExpression:
        """An expression analysed (see `Analyser.expression`), with the references to remember."""
        found = self.analyse.expression(
            self.catalog, self.source, expr, use, relation, target, value
        )
        return replace(found, references=self.known(found.references))

    def query(self, query: nodes.Statement, names: tuple[str, ...]) -> AnalysedQuery:
        """A query analysed (see `Analyser.view`), with the references to remember."""
        found = self.analyse.view(self.catalog, self.source, query, names)
        return replace(found, references=self.known(found.references))

    def known(self, references: Iterable[Address]) -> frozenset[Address]:
        """The references to remember."""
        return frozenset(known_references(self.catalog, references))

    def refuse(
        self,
        code: Code,
        message: str,
        place: Place | tuple[int, int],
        *,
        sqlstate: str,
        detail: str | None = None,
        hint: str | None = None,
        labels: tuple[Label, ...] = (),
        help: str | None = None,
        cause: Span | None = None,
    ) -> NoReturn:
        """Refuse the statement with PostgreSQL's words, at the place that is to blame; `help` is
        advice in words of our own."""
        span = Span(self.source, *place) if isinstance(place, tuple) else self.span(place)
        notes = tuple(note for note in (detail, hint) if note)
        raise DiagnosticError(
            Diagnostic(
                code,
                "error",
                message,
                (Label(span), *labels),
                notes,
                help,
                sqlstate,
                cause=cause,
            )
        )

    def warn(self, code: Code, message: str, place: Place, help: str | None = None) -> None:
        """Report something that cannot be followed but need not be wrong."""
        self.warnings.append(
            Diagnostic(code, "warning", message, (Label(self.span(place)),), help=help)
        )

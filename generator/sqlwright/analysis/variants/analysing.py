"""What holds of every variant of a query: the types that all have, and what can be proved of each.

AND-conjuncts meet in the parameters that they share, and nowhere else: each is analysed in the
scope of its FROM. So the types of all variants are those of the whole query as soon as each part
finds its parameters' types alone; where it does not, its first use of one gets a cast.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from sqlwright.analysis import tree
from sqlwright.analysis.state.parameter_settling import settle_parameters
from sqlwright.analysis.state.parameter_types import ParameterSlot, ParameterTypes
from sqlwright.analysis.state.parse_state import TextEdit
from sqlwright.analysis.variants.assignments import unknown_at
from sqlwright.analysis.variants.spans import (
    OptionalPart,
    kept_at,
    mentions,
    with_parts,
    without,
)
from sqlwright.catalog import oids
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.source import Span
from sqlwright.sql import nodes
from sqlwright.sql.traversal import walk


class Analysed(Protocol):
    """The outcome of analysing a statement."""

    @property
    def query(self) -> tree.Query: ...
    @property
    def types(self) -> ParameterTypes: ...
    @property
    def edits(self) -> Sequence[TextEdit]: ...


Analyse = Callable[[nodes.Statement, ParameterTypes], Analysed]


@dataclass(frozen=True, slots=True)
class Common:
    """What the variants have in common: the query of which the same is true whichever parts are
    there, and the analyses with everything given, in the order that is written and in others.
    `casts` are those that uses of parameters get in the text."""

    judged: tree.Query
    whole: Analysed
    ordered: Sequence[Analysed]
    casts: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Ordered:
    """A statement in another order, and the place of its name."""

    statement: nodes.Statement
    name: Span
    said: str = "in this order"

    def explained(self, diagnostic: Diagnostic) -> Diagnostic:
        """What is wrong with it, with a word on the order where that points elsewhere."""
        first = diagnostic.labels[0].span
        line, _ = self.name.source.position(self.name.start)
        if first.source.position(first.start)[0] == line:
            return diagnostic
        labels = (*diagnostic.labels, Label(self.name, self.said))
        return replace(diagnostic, labels=labels)


@dataclass(slots=True)
class Variants:
    """The analyses of a statement with some of its parts; `types` are those of its parameters, and
    `ordered` the same statement with other orders."""

    statement: nodes.Statement
    ordered: Sequence[Ordered]
    parts: Sequence[OptionalPart]
    types: Mapping[int, int]
    analyse: Analyse

    def in_common(self, known: Mapping[int, int]) -> Common:
        """Find the casts that make each part give its parameters the types of the whole; uses in
        `known` have theirs already. Raises DiagnosticError where a part is no condition without the
        others."""
        casts = dict(known)
        while True:
            before = dict(casts)
            for present in self._to_try():
                self._settle(self._with(self.statement, present), casts)
                for other in self.ordered:
                    try:
                        self._settle(self._with(other.statement, present), casts)
                    except DiagnosticError as error:
                        raise DiagnosticError(other.explained(error.diagnostic)) from None
            if casts == before:
                break
        whole, *ordered = (
            self._run(self._with(statement, self.parts), casts)
            for statement in (self.statement, *(each.statement for each in self.ordered))
        )
        return Common(self.judged(self.statement, casts), whole, ordered, casts)

    def judged(self, statement: nodes.Statement, casts: Mapping[int, int]) -> tree.Query:
        """A statement with something in the places of its parts of which only the type is known."""
        parts = [(part, unknown_at(part)) for part in self.parts]
        return self._run(with_parts(statement, parts), casts).query

    def _to_try(self) -> Iterator[Sequence[OptionalPart]]:
        """No part, each by itself, and all: in any other variant a part is analysed as in one of
        these, since it either settles a parameter or finds it settled."""
        yield self.parts
        yield ()
        for part in self.parts:
            yield [each for each in self.parts if each.numbers <= part.numbers]

    def _with(self, statement: nodes.Statement, present: Sequence[OptionalPart]) -> nodes.Statement:
        return with_parts(
            statement,
            [(part, kept_at(part) if part in present else without(part)) for part in self.parts],
        )

    def _settle(self, statement: nodes.Statement, casts: dict[int, int]) -> None:
        while True:
            try:
                found = self._run(statement, casts).types
            except DiagnosticError:
                if not self._add_casts(statement, self.types.keys(), casts):
                    raise
                continue
            other = {
                number
                for number, slot in found.slots.items()
                if slot.type != self.types.get(number, slot.type)
            }
            casts.update(found.seeds)
            if not other or not self._add_casts(statement, other, casts):
                return

    def _add_casts(
        self, statement: nodes.Statement, numbers: object, casts: dict[int, int]
    ) -> bool:
        """A cast at the first use of each that has none yet; whether there was one."""
        added = False
        assert hasattr(numbers, "__iter__")
        for number in numbers:
            uses = sorted(mentions(statement, (number,)), key=lambda ref: ref.start)
            if uses and not any(use.start in casts for use in uses):
                casts[uses[0].start] = self.types[number]
                added = True
        return added

    def _run(self, statement: nodes.Statement, casts: Mapping[int, int]) -> Analysed:
        used = {node.number for node in walk(statement) if isinstance(node, nodes.ParamRef)}
        absent = {
            number: ParameterSlot(type=self.types.get(number, oids.TEXT))
            for number in range(1, max(used | self.types.keys(), default=0) + 1)
            if number not in used
        }

        def analyse(types: ParameterTypes) -> Analysed:
            types.slots.update(absent)
            return self.analyse(statement, types)

        return settle_parameters(analyse, casts)

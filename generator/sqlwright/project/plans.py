"""The memory of what is made of queries, as steps that earlier runs may have taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass
from sqlwright.project.steps import Steps

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PlanMemory:
    """See `codegen.memory.Memory`. `facts` tell, by the identity of a query's facts, what they are;
    of one that is not among them nothing is kept."""

    catalog: Catalog
    steps: Steps
    facts: Mapping[int, str]

    def take(self, kind: type[T], inputs: tuple[str, ...], make: Callable[[], T]) -> T:
        """See `codegen.memory.Memory`."""
        return self.steps.take(kind, inputs, make)

    def of_query(
        self, kind: type[T], query: QueryFacts, inputs: tuple[str, ...], make: Callable[[], T]
    ) -> T:
        """See `codegen.memory.Memory`."""
        own = self.facts.get(id(query))
        return make() if own is None else self.steps.take(kind, (own, *inputs), make)

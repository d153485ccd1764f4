"""The memory of what is made of queries, as steps that earlier runs may have taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from sqlwright.catalog.catalog import Catalog
from sqlwright.codegen.memory import Step
from sqlwright.dataclass import dataclass
from sqlwright.project.remembering import QueryMemory
from sqlwright.project.steps import Steps

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PlanMemory:
    """See `codegen.memory.Memory`. `facts` tell, by the identity of a query's facts, what they are;
    of one that is not among them nothing is kept. The queries themselves have memories too."""

    catalog: Catalog
    steps: Steps
    facts: Mapping[int, str]
    queries: Sequence[QueryMemory]

    def take(self, kind: type[T], inputs: tuple[str, ...], make: Callable[[], T]) -> T:
        """See `codegen.memory.Memory`."""
        return self.steps.take(kind, inputs, make)

    def of_queries(self, kind: type[T], steps: Sequence[Step[T]], jobs: int = 1) -> list[T]:
        """See `codegen.memory.Memory`."""
        told = [(self._inputs(step), step.make) for step in steps]
        return self.steps.take_all(kind, told, jobs)

    def keep(self, *, planned: bool) -> None:
        """Keep what is of use for later runs; of steps nothing if they led to no plan."""
        for each in self.queries:
            each.keep(self.steps.answers)
        if planned:
            self.steps.keep()

    def _inputs(self, step: Step[T]) -> tuple[str, ...] | None:
        own = self.facts.get(id(step.query))
        return None if own is None else (own, *step.inputs())

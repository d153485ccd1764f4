"""What is asked of earlier runs where something may have been worked out before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass
from sqlwright.processes import in_processes

T = TypeVar("T")

FEW = 200
"""Steps that one process takes in less time than another one needs to start and to answer."""


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """What is to be made of the facts of a query and of other inputs, which are texts."""

    query: QueryFacts
    inputs: Callable[[], tuple[str, ...]]
    make: Callable[[], T]


class Memory(Protocol):
    """What is known of values that follow from some inputs, and from what is looked up in `catalog`
    as they are made. Two of the same kind that follow from the same inputs are one."""

    @property
    def catalog(self) -> Catalog: ...

    def take(self, kind: type[T], inputs: tuple[str, ...], make: Callable[[], T]) -> T:
        """The value that `make` gives."""

    def of_queries(self, kind: type[T], steps: Sequence[Step[T]], jobs: int = 1) -> list[T]:
        """The values that the steps give, which up to `jobs` processes make."""


@dataclass(frozen=True, slots=True)
class Forgetful:
    """A memory of nothing."""

    catalog: Catalog

    def take(self, kind: type[T], inputs: tuple[str, ...], make: Callable[[], T]) -> T:
        """See `Memory`."""
        return make()

    def of_queries(self, kind: type[T], steps: Sequence[Step[T]], jobs: int = 1) -> list[T]:
        """See `Memory`."""
        return in_processes(lambda step: step.make(), steps, jobs, few=FEW)

"""What is asked of earlier runs where something may have been worked out before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass

T = TypeVar("T")


class Memory(Protocol):
    """What is known of values that follow from some inputs, and from what is looked up in `catalog`
    as they are made. Two of the same kind that follow from the same inputs are one."""

    @property
    def catalog(self) -> Catalog: ...

    def take(self, kind: type[T], inputs: tuple[str, ...], make: Callable[[], T]) -> T:
        """The value that `make` gives."""

    def of_query(
        self, kind: type[T], query: QueryFacts, inputs: tuple[str, ...], make: Callable[[], T]
    ) -> T:
        """The value that `make` gives, which follows from the facts of a query too."""


@dataclass(frozen=True, slots=True)
class Forgetful:
    """A memory of nothing."""

    catalog: Catalog

    def take(self, kind: type[T], inputs: tuple[str, ...], make: Callable[[], T]) -> T:
        """See `Memory`."""
        return make()

    def of_query(
        self, kind: type[T], query: QueryFacts, inputs: tuple[str, ...], make: Callable[[], T]
    ) -> T:
        """See `Memory`."""
        return make()

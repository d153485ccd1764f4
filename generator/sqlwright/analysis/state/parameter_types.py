"""What is known of the types of parameters while a statement is analysed."""

from __future__ import annotations

from collections.abc import Mapping

from sqlwright.catalog import oids
from sqlwright.dataclass import dataclass, field
from sqlwright.diagnostics import Diagnostic

Place = tuple[int, int]


@dataclass(slots=True)
class ParameterSlot:
    """What is known of one `$n`. `type` is 0 before any use, then unknown until settled.

    `first` is its first use, `settled_at` the use that gave it its type; `cast_type` the type of an
    explicit cast written on some use.
    """

    type: int = 0
    named: bool = False
    slice: bool = False
    first: Place | None = None
    settled_at: Place | None = None
    cast_type: int = 0

    @property
    def settled(self) -> bool:
        return self.type not in (0, oids.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Use:
    """A use of a parameter whose type is open."""

    number: int
    place: Place


@dataclass(frozen=True, slots=True)
class Setback:
    """A refusal that a type for these uses may avert; `by_cast` if only a written cast can. The
    error itself would hold on to all that was at work as it was raised."""

    refusal: Diagnostic
    uses: tuple[Use, ...]
    by_cast: bool = False
    at_end: bool = False


@dataclass(slots=True)
class ParameterTypes:
    """The slots of one analysis of one statement. `seeds` types the use at a source offset from
    the start, as if it were cast there; `cast` has the offsets of uses that a cast is written on.
    """

    seeds: Mapping[int, int] = field(default_factory=dict)
    slots: dict[int, ParameterSlot] = field(default_factory=dict)
    cast: set[int] = field(default_factory=set)
    open: dict[Place, Use] = field(default_factory=dict)
    coerced: set[Place] = field(default_factory=set)
    untyped: set[Place] = field(default_factory=set)
    setbacks: list[Setback] = field(default_factory=list)

    def type_of(self, number: int) -> int:
        """The settled type of `$number`; unknown if there is none."""
        slot = self.slots.get(number)
        return slot.type if slot is not None and slot.settled else oids.UNKNOWN

"""Classes of all the forms that are rewritten before they are compiled."""

from __future__ import annotations

from functools import cached_property

from sqlwright.dataclass import dataclass, field, maker


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Node:
    start: int
    end: int = 0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Leaf(Node):
    """Has fields without a default behind one that has."""

    name: str
    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SpecialLeaf(Leaf):
    """Has no fields of its own."""


@dataclass(frozen=True, slots=True)
class Value:
    text: str
    number: int = 1
    seen: list[int] = field(default_factory=list, compare=False)

    @property
    def shown(self) -> str:
        return f"{self.text}{self.number}"


@dataclass(frozen=True, slots=True, order=True)
class Ordered:
    major: int
    minor: int


@dataclass(slots=True)
class State:
    count: int
    known: dict[str, int] = field(default_factory=lambda: {"made": 1})
    twice: int = field(init=False)

    def __post_init__(self) -> None:
        self.twice = self.count * 2


@dataclass(slots=True, eq=False, kw_only=True)
class Ring:
    name: str
    inside: Text | None
    next: Ring | None = None
    links: list[Ring] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Text:
    text: str

    @cached_property
    def words(self) -> list[str]:
        """Its words."""
        return self.text.split()


class Plain:
    __slots__ = ("text",)

    def __init__(self, text: str, *more: str) -> None:
        self.text = text + "".join(more)


class Upper:
    def name(self) -> str:
        return "upper"


class Right(Upper):
    def name(self) -> str:
        return f"right of {super().name()}"


class Left(Upper):
    def name(self) -> str:
        return f"left of {super().name()}"


class Both(Left, Right):
    def both(self) -> str:
        return self.name()


make_value = maker(Value)
make_leaf = maker(Leaf)


def made() -> Leaf:
    return make_leaf(name="made", start=2)

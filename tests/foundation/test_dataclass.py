"""Our data classes are the standard library's in all that the program asks of them."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import sys
from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

import pytest
from sqlwright import dataclass as ours
from tools import write_constructors

T = TypeVar("T")
Decorator = Callable[..., Any]


def point(decorator: Decorator) -> Any:
    @decorator(frozen=True, slots=True)
    class Point:
        """Two numbers."""

        x: int
        y: int = 0

        def far(self) -> int:
            return self.x + self.y

    return Point


def node(decorator: Decorator) -> Any:
    @decorator(frozen=True, slots=True, eq=False, kw_only=True)
    class Node:
        start: int
        end: int = -1

    @decorator(frozen=True, slots=True, eq=False, kw_only=True)
    class Call(Node):
        name: str
        args: tuple[Any, ...] = ()

    return Call


def collected(decorator: Decorator) -> Any:
    @decorator(slots=True)
    class Collected:
        title: str = ours.field(repr=False)
        items: list[int] = ours.field(default_factory=list)
        seen: dict[int, int] = ours.field(default_factory=dict, init=False, compare=False)

        def __post_init__(self) -> None:
            self.items.append(len(self.title))

    return Collected


def generic(decorator: Decorator) -> Any:
    @decorator(frozen=True, slots=True)
    class Box(Generic[T]):
        value: T

    return Box


def cached(decorator: Decorator) -> Any:
    @decorator(frozen=True, eq=False)
    class Text:
        text: str
        path: str = ours.field(default="-", repr=False)
        limit: int = 5

        @cached_property
        def size(self) -> int:
            return min(len(self.text), self.limit)

    return Text


SHAPES: dict[Callable[[Decorator], Any], list[tuple[tuple[Any, ...], dict[str, Any]]]] = {
    point: [((1,), {}), ((1, 2), {}), ((), {"y": 3, "x": 1})],
    node: [((), {"start": 1, "name": "f"}), ((), {"name": "g", "args": (1,), "start": 0})],
    collected: [(("a",), {}), (("abc", [1]), {}), ((), {"title": "", "items": [5]})],
    generic: [((1,), {}), (("x",), {})],
    cached: [(("abc",), {}), (("abcdef", "x"), {"limit": 3})],
}
CALLS = [(shape, args, named) for shape, calls in SHAPES.items() for args, named in calls]


@pytest.mark.parametrize(("shape", "args", "named"), CALLS)
def test_values_are_as_the_standard_library_makes_them(
    shape: Callable[[Decorator], Any], args: tuple[Any, ...], named: dict[str, Any]
) -> None:
    made, theirs = (
        shape(decorator)(*copy.deepcopy(args), **copy.deepcopy(named))
        for decorator in (ours.dataclass, dataclasses.dataclass)
    )
    names = [item.name for item in dataclasses.fields(theirs)]
    types = [item.type for item in dataclasses.fields(theirs)]
    assert [item.type for item in ours.fields(made)] == types
    assert [item.name for item in ours.fields(made)] == names
    assert [getattr(made, name) for name in names] == [getattr(theirs, name) for name in names]
    assert repr(made) == repr(theirs)
    assert type(made).__match_args__ == type(theirs).__match_args__
    assert hasattr(made, "__dict__") == hasattr(theirs, "__dict__")
    assert getattr(made, "size", None) == getattr(theirs, "size", None)
    assert inspect.signature(type(made)).parameters.keys() == (
        inspect.signature(type(theirs)).parameters.keys()
    )
    print(made)


@pytest.mark.parametrize("shape", SHAPES)
def test_what_cannot_be_called_cannot_be_called(shape: Callable[[Decorator], Any]) -> None:
    for decorator in (ours.dataclass, dataclasses.dataclass):
        for args, named in (((), {}), ((1, 2, 3, 4), {}), ((), {"unknown": 1})):
            with pytest.raises(TypeError):
                shape(decorator)(*args, **named)


def test_frozen_values_are_compared_and_hashed_by_what_they_hold() -> None:
    kind = point(ours.dataclass)
    assert kind(1, 2) == kind(1, 2)
    assert kind(1, 2) != kind(2, 1)
    assert kind(1, 2) != (1, 2)
    assert len({kind(1, 2), kind(1, 2), kind(2, 1)}) == 2
    assert kind(1, 2).far() == 3


def test_values_have_the_order_of_what_they_hold() -> None:
    @ours.dataclass(frozen=True, slots=True, order=True)
    class Name:
        first: str
        last: str = ""

    names = [Name("b"), Name("a", "z"), Name("a", "y")]
    assert sorted(names) == [Name("a", "y"), Name("a", "z"), Name("b")]
    assert max(names) == Name("b")
    with pytest.raises(TypeError):
        sorted([*names, "c"])  # type: ignore[type-var]


def test_methods_are_made_for_the_class_that_has_them_as_they_are_called() -> None:
    kind = node(ours.dataclass)
    parent = kind.__bases__[0]
    first = parent.__init__
    assert kind.__init__ is first
    assert repr(kind(start=1, name="f")).endswith("Call(start=1, end=-1, name='f', args=())")
    assert kind.__init__ is not first
    assert parent.__init__ is first
    assert repr(parent(start=2)).endswith("Node(start=2, end=-1)")
    assert parent.__init__ is not kind.__init__


def test_a_class_beneath_has_the_methods_of_the_data_class() -> None:
    above = point(ours.dataclass)

    class Near(above):  # type: ignore[misc, valid-type]
        def far(self) -> int:
            return 0

    assert Near(1, 2) == ours.replace(Near(5, 2), x=1)
    assert Near(1, 2) != above(1, 2)
    assert len({Near(1), Near(1), above(1)}) == 2
    assert ours.replace(Near(1), y=4).far() == 0
    assert ours.replace(above(1), y=4).far() == 5


def test_values_without_eq_are_themselves_alone() -> None:
    kind = node(ours.dataclass)
    one, other = kind(start=1, name="f"), kind(start=1, name="f")
    assert one != other
    assert len({one, other}) == 2


@pytest.mark.parametrize(("shape", "args", "named"), CALLS)
def test_makers_do_what_classes_do(
    shape: Callable[[Decorator], Any], args: tuple[Any, ...], named: dict[str, Any]
) -> None:
    kind = shape(ours.dataclass)
    made = ours.maker(kind)(*copy.deepcopy(args), **copy.deepcopy(named))
    assert type(made) is kind
    assert repr(made) == repr(kind(*copy.deepcopy(args), **copy.deepcopy(named)))


def test_makers_take_what_constructors_take() -> None:
    make = ours.maker(node(ours.dataclass))
    for args, named in (((1,), {"name": "f"}), ((), {"start": 1}), ((), {"nothing": 1})):
        with pytest.raises(TypeError):
            make(*args, **named)


def test_values_that_change_have_no_hash() -> None:
    made = collected(ours.dataclass)("a")
    assert made == collected_again(made)
    with pytest.raises(TypeError, match="unhashable"):
        hash(made)


def collected_again(value: Any) -> Any:
    again = copy.copy(value)
    again.seen = {1: 1}  # which is not compared
    return again


def test_replaced_values_keep_the_rest() -> None:
    assert ours.replace(point(ours.dataclass)(1, 2), y=5).far() == 6
    call = ours.replace(node(ours.dataclass)(start=1, name="f"), args=(2,))
    assert (call.start, call.end, call.name, call.args) == (1, -1, "f", (2,))
    with pytest.raises(TypeError):
        ours.replace(call, unknown=1)


def test_shared_code_is_written_and_goes_on_where_that_ends() -> None:
    assert write_constructors.TARGET.read_text() == write_constructors.text(), "make constructors"
    for count in (3, write_constructors.MOST + 1):
        names = [f"field_{at}" for at in range(count)]
        body = {"__annotations__": dict.fromkeys(names, int)}
        kind: Any = ours.dataclass(frozen=True, slots=True)(type("Many", (), body))
        made = ours.maker(kind)(**dict(zip(names, range(count), strict=True)))
        assert made == kind(*range(count))
        assert ours.replace(made, field_1=7) == kind(0, 7, *range(2, count))


@ours.dataclass(frozen=True, slots=True)
class Kept:
    left: int
    right: tuple[str, ...] = ()


def test_values_can_be_pickled_and_copied() -> None:
    value = Kept(1, ("a",))
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(value, protocol)) == value
    assert copy.deepcopy(value) == value
    match value:
        case Kept(left, right):
            assert (left, right) == (1, ("a",))
    print(sys.version_info[:2], value)

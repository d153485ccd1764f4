"""The data classes of generated packages are the standard library's in all that can be seen."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import sys
import typing
from collections.abc import Callable
from typing import Any

import pytest
from sqlwright.render.support import _dataclass

Decorator = Callable[..., Any]


def row(decorator: Decorator) -> Any:
    @decorator(slots=True)
    class Row:
        id: int
        name: str | None
        parts: list[Any]

    return Row


def documented(decorator: Decorator) -> Any:
    @decorator(slots=True)
    class Documented:
        """One field, and a default."""

        id: int = 7

    return Documented


def parameters(decorator: Decorator) -> Any:
    @decorator(slots=True, kw_only=True)
    class Parameters:
        given: int
        absent: str | None = None
        last: int

    return Parameters


def frozen(decorator: Decorator) -> Any:
    @decorator(frozen=True, slots=True)
    class Frozen:
        id: int
        name: str = ""

    return Frozen


def empty(decorator: Decorator) -> Any:
    @decorator(slots=True)
    class Empty:
        pass

    return Empty


CALLS: dict[Callable[[Decorator], Any], list[tuple[tuple[Any, ...], dict[str, Any]]]] = {
    row: [((1, "a", []), {}), ((1,), {"name": None, "parts": [2]}), ((), {}), ((1, 2, 3, 4), {})],
    documented: [((), {}), ((1,), {}), ((), {"id": 2}), ((), {"other": 2})],
    parameters: [((), {"given": 1, "last": 2}), ((1,), {"last": 2}), ((), {"absent": "a"})],
    frozen: [((1,), {}), ((1, "a"), {}), ((), {"name": "a"})],
    empty: [((), {}), ((1,), {})],
}
KINDS = pytest.mark.parametrize("make", CALLS, ids=lambda make: make.__name__)


@pytest.fixture
def pair(make: Any) -> tuple[Any, Any]:
    """Our class and the standard library's."""
    return make(_dataclass.dataclass), make(dataclasses.dataclass)


def outcome(kind: Any, arguments: Any, named: Any) -> object:
    """What is shown of a value, or the error."""
    try:
        return repr(kind(*arguments, **named))
    except TypeError as error:
        return str(error)


@KINDS
def test_the_classes_look_alike(pair: tuple[Any, Any]) -> None:
    ours, theirs = pair
    for name in ("__slots__", "__match_args__", "__annotations__"):
        assert getattr(ours, name) == getattr(theirs, name), name
    assert (ours.__hash__ is None) == (theirs.__hash__ is None)
    assert inspect.signature(ours) == inspect.signature(theirs)
    assert repr(dataclasses.fields(ours)) == repr(dataclasses.fields(theirs))
    hints = typing.get_type_hints(ours.__init__)
    assert hints == typing.get_type_hints(theirs.__init__)
    print(inspect.signature(ours), hints)


@KINDS
def test_calls_come_to_the_same(make: Any, pair: tuple[Any, Any]) -> None:
    for arguments, named in CALLS[make]:
        ours, theirs = (outcome(kind, arguments, named) for kind in pair)
        print(ours)
        assert ours == theirs


@KINDS
def test_values_do_the_same(make: Any, pair: tuple[Any, Any]) -> None:
    arguments, named = CALLS[make][0]
    for kind in pair:
        value, other = kind(*arguments, **named), kind(*arguments, **named)
        assert value == other
        assert value.__eq__(0) is NotImplemented
        assert copy.deepcopy(value) == value == dataclasses.replace(value)
        assert dataclasses.asdict(value) == dataclasses.asdict(other)
        assert not hasattr(value, "__dict__")
        for each in dataclasses.fields(kind):
            changed = dataclasses.replace(value, **{each.name: object()})
            assert changed != value
        if kind.__hash__ is None:
            with pytest.raises(TypeError, match="unhashable"):
                hash(value)


@KINDS
def test_values_are_pickled(
    make: Any, pair: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, arguments = pair[0], CALLS[make][0]
    value = kind(*arguments[0], **arguments[1])
    monkeypatch.setattr(sys.modules[__name__], kind.__name__, kind, raising=False)
    kind.__qualname__ = kind.__name__
    assert pickle.loads(pickle.dumps(value)) == value


def test_a_class_says_what_it_is() -> None:
    assert documented(_dataclass.dataclass).__doc__ == "One field, and a default."
    assert row(_dataclass.dataclass).__doc__ is None


def test_what_is_the_same_is_equal() -> None:
    for decorator in (_dataclass.dataclass, dataclasses.dataclass):
        kind, no_number = documented(decorator), float("nan")
        assert kind(no_number) != kind(float("nan"))
        # Since Python 3.13 the standard library's compare field by field, not tuples of all.
        if decorator is _dataclass.dataclass or sys.version_info < (3, 13):
            assert kind(no_number) == kind(no_number)


def test_what_holds_itself_is_shown() -> None:
    shown = []
    for decorator in (_dataclass.dataclass, dataclasses.dataclass):
        value = row(decorator)(1, "a", [])
        value.parts.append(value)
        shown.append(repr(value))
    print(shown[0])
    assert shown[0] == shown[1]


def test_what_derives_from_a_class() -> None:
    shown = []
    for decorator in (_dataclass.dataclass, dataclasses.dataclass):

        class Derived(row(decorator)):  # type: ignore[misc]
            """A class of the user's."""

        assert [each.name for each in dataclasses.fields(Derived)] == ["id", "name", "parts"]
        value = Derived(1, "a", [])
        assert value == Derived(1, "a", [])
        assert value != row(decorator)(1, "a", [])
        shown.append(repr(value))
    assert shown[0] == shown[1]

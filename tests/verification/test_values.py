"""Values that are drawn for an annotation fit it; values of other types do not."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, NamedTuple, NewType, TypedDict

import asyncpg
import attrs
import msgspec
import pydantic
import pytest
from sqlwright.verification.calls.fitting import misfit
from sqlwright.verification.calls.messages import Shape
from sqlwright.verification.calls.values import NoValueError, Values


class Mood(StrEnum):
    GOOD = "good"


@dataclass
class OfDataclass:
    id: int
    names: list[str | None]


@attrs.define
class OfAttrs:
    id: int
    _names: list[str | None]


class OfMsgspec(msgspec.Struct):
    id: int
    names: list[str | None]


class OfPydantic(pydantic.BaseModel):
    id: int
    names: list[str | None]


class OfNamedTuple(NamedTuple):
    id: int
    names: list[str | None]


class OfTypedDict(TypedDict):
    id: int
    names: list[str | None]


MODELS = (OfDataclass, OfAttrs, OfMsgspec, OfPydantic, OfNamedTuple, OfTypedDict)
Id = NewType("Id", int)

ANNOTATIONS: tuple[Any, ...] = (
    *MODELS,
    int,
    str | None,
    bool,
    Mood,
    Id,
    Literal["a", 1],
    list[Mood | None],
    Sequence[Sequence[int]],
    tuple[int, str],
    tuple[int, ...],
    dict[str, list[float]],
    asyncpg.Range[int],
    asyncpg.Range[decimal.Decimal] | None,
    bytes | bytearray | memoryview,
    datetime.datetime,
    object,
    list[OfDataclass | None],
)


@pytest.mark.parametrize("annotation", ANNOTATIONS, ids=str)
def test_every_value_fits_its_annotation(annotation: Any) -> None:
    values = Values({}).of(annotation, None)
    print(values)
    assert values
    assert [misfit(value, annotation) for value in values] == [None] * len(values)


def test_values_of_a_shape_are_those_that_the_server_reads() -> None:
    decoded = {("int2", "32767"): 32767, ("int2", "0"): 0}
    shape = Shape("scalar", "int2", ("0", "32767"))
    assert Values(decoded).of(int | None, shape) == [0, 32767, None]
    arrays = Values(decoded).of(Sequence[int | None], Shape("array", inner=(shape,)))
    assert {type(item).__name__ for item in arrays} == {"list", "tuple", "UserList"}
    assert [] in arrays
    assert [None] in arrays
    assert [0, 32767, None] in arrays


def test_a_class_of_the_users_own_is_known_from_what_calls_return() -> None:
    class Own:
        def __init__(self, one: int, two: int) -> None: ...

    values = Values({})
    with pytest.raises(NoValueError):
        values.of(Own, None)
    values.met[Own] = [Own(1, 2)]
    assert values.of(Own | None, None) == [*values.met[Own], None]


def test_a_class_of_the_users_own_is_made_of_what_it_stands_for() -> None:
    class Own(str):
        __slots__ = ()

    values = Values({("text", "a"): "a"})
    [value] = values.of(Own, Shape("scalar", "text", ("a",)))
    assert type(value) is Own
    assert value == "a"


MISFITS = (
    (None, str, "it is None, not str"),
    (True, int, "it is True, not int"),
    (1, float, "it is 1, not float"),
    (Mood.GOOD, str, "it is <Mood.GOOD: 'good'>, not str"),
    ("good", Mood, "it is 'good', not Mood"),
    (datetime.datetime(2024, 1, 1), datetime.date, "not date"),
    (["a", None], list[str], "[1] is None, not str"),
    ([[1]], list[int | None], "[0] is [1], not int | None"),
    ((1, 2), tuple[int, str], "[1] is 2, not str"),
    ("ab", list[str], "it is 'ab', not list[str]"),
    ("b", Literal["a"], "it is 'b', not Literal['a']"),
    (asyncpg.Range(1, 2), asyncpg.Range[decimal.Decimal], "lower is 1, not Decimal"),
    (OfDataclass(1, [2]), OfDataclass, "names[0] is 2, not str | None"),  # type: ignore[list-item]
    ([OfNamedTuple("x", [])], list[OfNamedTuple], "[0].id is 'x', not int"),  # type: ignore[arg-type]
    ({"id": 1}, OfTypedDict, "it is {'id': 1}, not OfTypedDict"),
)


@pytest.mark.parametrize(("value", "annotation", "said"), MISFITS, ids=[m[2] for m in MISFITS])
def test_a_misfit_is_told_with_its_place(value: Any, annotation: Any, said: str) -> None:
    told = misfit(value, annotation)
    assert told is not None
    assert said in told

"""Values that are drawn for an annotation fit it; values of other types do not."""

from __future__ import annotations

import datetime
import decimal
import uuid
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
from sqlwright.verification.calls.messages import Given, PackageFunction, Shape
from sqlwright.verification.calls.signatures import Stored, argument_lists, signature_of
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


IDS = tuple(f"0000000{digit}-0000-0000-0000-000000000000" for digit in range(2))
OF_ID = Shape("scalar", "uuid", (*IDS, "not read"))
READ = {("uuid", text): uuid.UUID(text) for text in IDS}
TEXTS = {
    "a scalar": (str, OF_ID, list(IDS)),
    "one that may be NULL": (str | None, OF_ID, [*IDS, None]),
    "a new type": (NewType("Key", str), OF_ID, list(IDS)),
    "elements": (list[str], Shape("array", inner=(OF_ID,)), [list(IDS), [IDS[0]], [], [IDS[1]]]),
    "an enum": (str, Shape("enum", texts=("good", "bad")), ["good", "bad"]),
    "a whole array": (str, Shape("array", texts=("{}",), inner=(OF_ID,)), ["{}"]),
    "a type of which nothing is known": (str, Shape("scalar", "extent"), None),
}


@pytest.mark.parametrize(("annotation", "shape", "expected"), TEXTS.values(), ids=TEXTS)
def test_text_in_place_of_a_value_is_one_that_the_type_reads(
    annotation: Any, shape: Shape, expected: list[Any] | None
) -> None:
    drawn = Values(READ).of(annotation, shape)
    wanted = Values({}).of(str, None) if expected is None else expected
    assert [item for item in drawn if item in wanted] == drawn
    assert [item for item in wanted if item not in drawn] == []


def test_arguments_out_of_rows_are_text_where_it_is_wanted() -> None:
    async def query(conn: Any, *, one: str, many: Sequence[str], plain: uuid.UUID) -> None: ...

    given = [Given("one", OF_ID), Given("many", Shape("array", inner=(OF_ID,)))]
    known = PackageFunction(
        "Query", "module", "query", "exec", False, (), False, (*given, Given("plain", OF_ID))
    )
    there = Stored(uuid.UUID(int=7), str(uuid.UUID(int=7)))
    rows = [dict.fromkeys(("one", "many", "plain"), there)]
    first = next(argument_lists(known, signature_of(query), Values(READ), rows))
    assert first == {"one": there.text, "many": [there.text], "plain": there.value}


DAYS = ("2024-02-29", "2024-03-02", "0001-01-02", "9999-12-30")


def test_moments_are_close_to_each_other() -> None:
    """A query may make a row of each day from one to the other."""

    async def query(
        conn: Any, *, since: datetime.date, until: datetime.date | None = None
    ) -> None: ...

    shape = Shape("scalar", "date", DAYS)
    values = Values({("date", text): datetime.date.fromisoformat(text) for text in DAYS})
    given = (Given("since", shape), Given("until", shape))
    known = PackageFunction("Query", "module", "query", "exec", False, (), False, given)
    pairs = [
        (item["since"], item["until"])
        for item in argument_lists(known, signature_of(query), values, [])
        if item.get("until") is not None
    ]
    assert max(abs(since - until) for since, until in pairs) < datetime.timedelta(days=7)
    assert any(since < until for since, until in pairs)
    assert {str(since) for since, _ in pairs} == set(DAYS)


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

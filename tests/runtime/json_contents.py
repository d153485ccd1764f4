"""Types of what json columns hold, from every library that can say them."""

from __future__ import annotations

import dataclasses
import datetime
import uuid
from enum import StrEnum
from typing import Literal, NotRequired

import msgspec
import pydantic
from typing_extensions import TypedDict


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Badge(TypedDict):
    label: str
    colour: NotRequired[Colour]
    sizes: list[int]


@dataclasses.dataclass
class Visit:
    at: datetime.datetime
    page: uuid.UUID
    kind: Literal["new", "returning"]
    badge: Badge | None = None
    scores: dict[str, float] | None = None


class Usage(pydantic.BaseModel):
    tokens: int
    model: str | None = None


class Point(msgspec.Struct):
    x: int
    y: int = 0

"""The value of an argument that is not given, where None is a value: msgspec's own."""

from __future__ import annotations

from msgspec import UNSET
from msgspec import UnsetType as Unset

__all__ = ["UNSET", "Unset"]

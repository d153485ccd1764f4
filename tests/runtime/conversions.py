"""Types and converters that overrides in the tests name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Url:
    text: str

    def __str__(self) -> str:
        return self.text


class UserId(int):
    """A type that is what it stands for."""


def cents(value: str) -> int:
    """`$1.50` as 150."""
    return round(float(value.lstrip("$").replace(",", "")) * 100)


def dollars(value: int) -> str:
    """150 as `$1.50`."""
    return f"${value / 100:.2f}"


def settings_from(value: object) -> dict[str, int]:
    """The settings in what json was decoded to."""
    assert isinstance(value, dict)
    return {str(name): int(item) for name, item in value.items()}


def settings_to(value: dict[str, int]) -> dict[str, str]:
    """Settings as they are stored."""
    return {name: str(item) for name, item in value.items()}

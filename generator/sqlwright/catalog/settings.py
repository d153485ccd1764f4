"""The names of PostgreSQL's run-time settings, as SHOW spells them."""

from __future__ import annotations

from functools import cache

from sqlwright.resources import resource


@cache
def _names() -> dict[str, str]:
    text = resource("catalog", "data", "settings.txt").read_text(encoding="utf-8")
    return {name.lower(): name for name in text.splitlines()}


def setting_name(name: str) -> str | None:
    """A setting in its own spelling; None if there is none of that name.

    One with a dot in it belongs to an extension or to the application, and is taken as it is.
    """
    return name if "." in name else _names().get(name.lower())

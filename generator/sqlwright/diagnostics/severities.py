"""How much a report weighs in a project: as its configuration and the command line say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from sqlwright.dataclass import replace
from sqlwright.diagnostics.model import Diagnostic, Severity

Weight = Literal["error", "warn", "off"]

_SEVERITY: dict[Weight, Severity] = {"error": "error", "warn": "warning"}


def weighed(
    found: Iterable[Diagnostic], weights: Mapping[str, Weight], *, strict: bool = False
) -> tuple[Diagnostic, ...]:
    """The warnings and notes under the project's own weights; with `strict` warnings are errors.
    An error stays one."""
    kept: list[Diagnostic] = []
    for item in found:
        if item.severity == "error":
            kept.append(item)
            continue
        weight = weights.get(item.code)
        if weight == "off":
            continue
        severity = _SEVERITY[weight] if weight is not None else item.severity
        if strict and severity == "warning":
            severity = "error"
        kept.append(item if severity == item.severity else replace(item, severity=severity))
    return tuple(kept)

"""What the user says of the NULLs of result columns, checked against what was inferred."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis.facts import Reason, ResultColumn
from sqlwright.dataclass import replace
from sqlwright.diagnostics import Code, Diagnostic, Label
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.sql.statements import Override, QueryStatement


def with_overrides(
    statement: QueryStatement, columns: tuple[ResultColumn, ...], problems: list[Diagnostic]
) -> tuple[ResultColumn, ...]:
    """The columns under the user's word.

    An override of a column that there is not (`unknown-override-column`) is an error among the
    `problems`, and so is one that says what is inferred anyway (`override-without-effect`).
    """
    changed = list(columns)
    for override in statement.overrides:
        places = _places(override, columns)
        if not places:
            problems.append(_unknown(override, columns))
            continue
        effective = [at for at in places if columns[at].nullable != override.nullable]
        if not effective:
            problems.append(_without_effect(override, columns[places[0]]))
        for at in effective:
            changed[at] = _overridden(override, columns[at])
    return tuple(changed)


def _places(override: Override, columns: Sequence[ResultColumn]) -> list[int]:
    named = [at for at, column in enumerate(columns) if column.name == override.column]
    if override.target is None:
        return named
    written = [
        at for at in named if (span := columns[at].span) is None or span.start == override.target
    ]
    return written or named


def _overridden(override: Override, column: ResultColumn) -> ResultColumn:
    said = "NULL" if override.nullable else "NOT NULL"
    because = (column.nullable_reason,) if column.nullable_reason is not None else ()
    return replace(
        column,
        nullable=override.nullable,
        nullable_reason=Reason(f"the query says that it is {said}", override.span, because),
    )


def _unknown(override: Override, columns: Sequence[ResultColumn]) -> Diagnostic:
    directive = "@nullable" if override.nullable else "@nonnull"
    names = [column.name for column in columns]
    listed = ", ".join(dict.fromkeys(names)) or "none"
    if not override.column:
        message, advice = f"{directive} names no column", f"name one: {listed}"
    else:
        message = f'the query has no result column "{override.column}"'
        advice = did_you_mean(nearest(override.column, names)) or f"its columns are: {listed}"
    return _error("unknown-override-column", message, override, advice)


def _without_effect(override: Override, column: ResultColumn) -> Diagnostic:
    said = "can be NULL" if override.nullable else "is NOT NULL"
    reason = column.nullable_reason
    found = _error(
        "override-without-effect",
        f'column "{column.name}" {said} as it is',
        override,
        "remove the override",
    )
    return replace(found, notes=(reason.text,)) if reason is not None else found


def _error(code: Code, message: str, override: Override, advice: str) -> Diagnostic:
    return Diagnostic(code, "error", message, (Label(override.span),), help=advice)

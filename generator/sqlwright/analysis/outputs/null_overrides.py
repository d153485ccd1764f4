"""What the user says of NULLs, of columns and of the elements of arrays, checked against what was
inferred."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.analysis.facts import Parameter, Reason, ResultColumn
from sqlwright.analysis.finished import Finished
from sqlwright.dataclass import replace
from sqlwright.diagnostics import Code, Diagnostic, Label
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.sql.statements import Override, QueryStatement


def with_element_overrides(
    statement: QueryStatement, parameters: tuple[Parameter, ...]
) -> tuple[Parameter, ...]:
    """The parameters under the user's word on the elements of their arrays."""
    changed = list(parameters)
    for override in statement.overrides:
        for at in _array_parameters(override, parameters):
            if parameters[at].element_nullable != override.nullable:
                reason = _said(override, parameters[at].element_reason)
                changed[at] = replace(
                    changed[at], element_nullable=override.nullable, element_reason=reason
                )
    return tuple(changed)


def with_parameter_overrides(
    statement: QueryStatement, parameters: tuple[Parameter, ...], columns: Sequence[str]
) -> tuple[Parameter, ...]:
    """The parameters under the user's word on NULL; `columns` are the names of result columns,
    which come first. A parameter that is said to be NULL has no default."""
    changed = list(parameters)
    for override in statement.overrides:
        for at in _parameters_named(override, parameters, columns):
            before = parameters[at]
            if before.nullable != override.nullable:
                reason = _said(override, before.nullable_reason)
                changed[at] = replace(
                    changed[at], nullable=override.nullable, left_out=False, nullable_reason=reason
                )
    return tuple(changed)


def _parameters_named(
    override: Override, parameters: Sequence[Parameter], columns: Sequence[str]
) -> list[int]:
    """Those that a word is about: `@name`, `$1`, and `name` if no column is called so."""
    if override.elements or override.target is not None or override.column in columns:
        return []
    return [
        at
        for at, each in enumerate(parameters)
        if override.column in (each.name, f"@{each.name}", f"${each.position}")
    ]


def with_overrides(
    statement: QueryStatement, columns: tuple[ResultColumn, ...]
) -> tuple[ResultColumn, ...]:
    """The columns under the user's word."""
    changed = list(columns)
    for override in statement.overrides:
        for at in _places(override, columns):
            if override.elements and _has_elements_otherwise(override, columns[at]):
                changed[at] = replace(
                    changed[at], element_nullable=override.nullable, overridden=True
                )
            elif not override.elements and columns[at].nullable != override.nullable:
                changed[at] = _overridden(override, columns[at])
    return tuple(changed)


def _has_elements_otherwise(override: Override, column: ResultColumn) -> bool:
    return bool(column.dimensions) and column.element_nullable != override.nullable


def override_problems(finished: Finished) -> Iterator[Diagnostic]:
    """The errors in the user's word: on what there is not (`unknown-override-column`), and one that
    says what is inferred anyway (`override-without-effect`)."""
    for override in finished.statement.overrides:
        check = _element_problem if override.elements else _problem
        found = check(override, finished.parameters, finished.columns)
        if found is not None:
            yield found


def _problem(
    override: Override, parameters: Sequence[Parameter], columns: Sequence[ResultColumn]
) -> Diagnostic | None:
    places = _places(override, columns)
    if any(columns[at].nullable != override.nullable for at in places):
        return None
    if places:
        return _without_effect(override, "column", columns[places[0]])
    names = [column.name for column in columns]
    taken = [parameters[at] for at in _parameters_named(override, parameters, names)]
    if not taken:
        return _unknown(override, parameters, columns)
    if all(each.nullable == override.nullable for each in taken):
        return _without_effect(override, "parameter", taken[0])
    return None


def _element_problem(
    override: Override, parameters: Sequence[Parameter], columns: Sequence[ResultColumn]
) -> Diagnostic | None:
    taken = [parameters[at] for at in _array_parameters(override, parameters)]
    arrays = [columns[at] for at in _places(override, columns) if columns[at].dimensions]
    if not taken and not arrays:
        return _unknown_array(override, parameters, columns)
    said: list[Parameter | ResultColumn] = [*taken, *arrays]
    if all(each.element_nullable == override.nullable for each in said):
        return _elements_without_effect(override)
    return None


def _array_parameters(override: Override, parameters: Sequence[Parameter]) -> list[int]:
    """Those with a word on their elements have elements."""
    return [
        at
        for at, each in enumerate(parameters)
        if override.elements and each.name == override.column and each.element_reason is not None
    ]


def _places(override: Override, columns: Sequence[ResultColumn]) -> list[int]:
    named = [at for at, column in enumerate(columns) if column.name == override.column]
    if override.target is None:
        return named
    written = [
        at for at in named if (span := columns[at].span) is None or span.start == override.target
    ]
    return written or named


def _overridden(override: Override, column: ResultColumn) -> ResultColumn:
    reason = _said(override, column.nullable_reason)
    return replace(column, nullable=override.nullable, overridden=True, nullable_reason=reason)


def _said(override: Override, found: Reason | None) -> Reason:
    said = "NULL" if override.nullable else "NOT NULL"
    because = (found,) if found is not None else ()
    return Reason(f"the query says that it is {said}", override.span, because)


def _unknown(
    override: Override, parameters: Sequence[Parameter], columns: Sequence[ResultColumn]
) -> Diagnostic:
    directive = "@nullable" if override.nullable else "@nonnull"
    names = [column.name for column in columns]
    if override.target is None:
        names += [f"@{each.name}" for each in parameters]
    listed = ", ".join(dict.fromkeys(names)) or "none"
    if not override.column:
        message, advice = f"{directive} names no column", f"name one: {listed}"
    else:
        what = "parameter or result column" if len(names) > len(columns) else "result column"
        message = f'the query has no {what} "{override.column}"'
        advice = did_you_mean(nearest(override.column, names)) or f"it has: {listed}"
    return _error("unknown-override-column", message, override, advice)


def _unknown_array(
    override: Override, parameters: Sequence[Parameter], columns: Sequence[ResultColumn]
) -> Diagnostic:
    arrays = [each.name for each in parameters if each.element_reason is not None]
    arrays += [each.name for each in columns if each.dimensions]
    listed = ", ".join(f"{name}[]" for name in dict.fromkeys(arrays))
    near = did_you_mean(f"{name}[]" for name in nearest(override.column, arrays))
    return _error(
        "unknown-override-column",
        f'the query has no parameter or result column "{override.column}" that is an array',
        override,
        near or (f"its arrays are: {listed}" if listed else "it has no arrays at all"),
    )


def _elements_without_effect(override: Override) -> Diagnostic:
    said = "can be NULL" if override.nullable else "are NOT NULL"
    return _error(
        "override-without-effect",
        f'elements of "{override.column}" {said} as they are',
        override,
        "remove the override",
    )


def _without_effect(
    override: Override, what: str, found_named: ResultColumn | Parameter
) -> Diagnostic:
    said = "can be NULL" if override.nullable else "is NOT NULL"
    reason = found_named.nullable_reason
    found = _error(
        "override-without-effect",
        f'{what} "{found_named.name}" {said} as it is',
        override,
        "remove the override",
    )
    return replace(found, notes=(reason.text,)) if reason is not None else found


def _error(code: Code, message: str, override: Override, advice: str) -> Diagnostic:
    return Diagnostic(code, "error", message, (Label(override.span),), help=advice)

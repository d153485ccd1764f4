"""Polymorphic arguments: which actual types they accept together, and what they stand for.

Pure: the catalog and type OIDs. Manual 36.2.5. The "simple" family (anyelement, anyarray ...) binds
one actual type exactly; the "common" family (anycompatible ...) converts its arguments to their
common type. `_Bindings` gathers what the arguments of a call say; the checks then link the types.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis.resolution.common_type import (
    select_common_type_from_oids,
    verify_common_type,
)
from sqlwright.analysis.state.refusal import RefusalError
from sqlwright.catalog import oids
from sqlwright.catalog.types import properties as types
from sqlwright.dataclass import dataclass, field

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog

_ELEMENT_LIKE = frozenset({oids.ANYELEMENT, oids.ANYNONARRAY, oids.ANYENUM})
_CONTAINERS = {
    oids.ANYARRAY: "anyarray",
    oids.ANYRANGE: "anyrange",
    oids.ANYMULTIRANGE: "anymultirange",
}
_COMPATIBLE_ELEMENT = frozenset({oids.ANYCOMPATIBLE, oids.ANYCOMPATIBLENONARRAY})


@dataclass(slots=True)
class _Simple:
    """What the arguments of the simple family were given; 0 where nothing known."""

    arguments: int = 0
    non_array: bool = False
    enum: bool = False
    element: int = 0
    array: int = 0
    range: int = 0
    multirange: int = 0

    def note(self, wanted: int) -> None:
        """Take up what the type of an argument or of the result demands."""
        self.non_array |= wanted == oids.ANYNONARRAY
        self.enum |= wanted == oids.ANYENUM


@dataclass(slots=True)
class _Common:
    """What the arguments of the common family were given; `known` are the types to unify."""

    arguments: int = 0
    array_wanted: bool = False
    non_array: bool = False
    range_wanted: bool = False
    multirange_wanted: bool = False
    known: list[int] = field(default_factory=list)
    chosen: int = 0
    array: int = 0
    range: int = 0
    subtype: int = 0
    multirange: int = 0

    def note(self, wanted: int) -> None:
        """Take up what the type of an argument or of the result demands."""
        self.non_array |= wanted == oids.ANYCOMPATIBLENONARRAY
        self.array_wanted |= wanted == oids.ANYCOMPATIBLEARRAY
        self.range_wanted |= wanted == oids.ANYCOMPATIBLERANGE
        self.multirange_wanted |= wanted == oids.ANYCOMPATIBLEMULTIRANGE


def _mismatch(message: str, detail: str | None = None) -> NoReturn:
    raise RefusalError("type-mismatch", message, sqlstate="42804", detail=detail)


def _versus(catalog: Catalog, left: int, right: int) -> str:
    return f"{catalog.display_type(left)} versus {catalog.display_type(right)}"


def _not_alike(catalog: Catalog, declared: str, left: int, right: int) -> NoReturn:
    _mismatch(f'arguments declared "{declared}" are not all alike', _versus(catalog, left, right))


def _wrong_container(catalog: Catalog, declared: str, wanted: str, actual: int) -> NoReturn:
    shown = catalog.display_type(actual)
    _mismatch(f"argument declared {declared} is not {wanted} but type {shown}")


def _inconsistent(catalog: Catalog, left: str, right: str, first: int, second: int) -> NoReturn:
    _mismatch(
        f"argument declared {left} is not consistent with argument declared {right}",
        _versus(catalog, first, second),
    )


def _undetermined(declared: str | None) -> NoReturn:
    named = f" {declared}" if declared else ""
    _mismatch(f"could not determine polymorphic type{named} because input has type unknown")


def _array_over(catalog: Catalog, element: int) -> int:
    found = catalog.array_type(element)
    if not found:
        raise RefusalError(
            "unknown-type",
            f"could not find array type for data type {catalog.display_type(element)}",
            sqlstate="42704",
        )
    return found


def _gather_simple(catalog: Catalog, actual: Sequence[int], declared: Sequence[int]) -> _Simple:
    """Every argument of the simple family must bring the same element, array, range type."""
    found = _Simple()
    for given, wanted in zip(actual, declared, strict=True):
        if wanted not in types.FAMILY_1:
            continue
        found.arguments += 1
        found.note(wanted)
        if given == oids.UNKNOWN:
            continue
        if wanted in _ELEMENT_LIKE:
            if found.element not in (0, given):
                _not_alike(catalog, "anyelement", found.element, given)
            found.element = given
        else:
            _gather_container(catalog, found, wanted, catalog.base_type(given))
    return found


def _gather_container(catalog: Catalog, found: _Simple, wanted: int, given: int) -> None:
    name = _CONTAINERS[wanted]
    slot = name.removeprefix("any")
    before: int = getattr(found, slot)
    if before not in (0, given):
        _not_alike(catalog, name, before, given)
    setattr(found, slot, given)


def _link_simple(catalog: Catalog, found: _Simple) -> None:
    """Derive the element type from array and range types, which must agree with it."""
    if found.array and found.array != oids.ANYARRAY:
        element = catalog.element_type(found.array)
        if not element:
            _wrong_container(catalog, "anyarray", "an array", found.array)
        if found.element not in (0, element):
            _inconsistent(catalog, "anyarray", "anyelement", found.array, found.element)
        found.element = element
    if found.multirange:
        over = catalog.range_of(found.multirange)
        if not over:
            _wrong_container(catalog, "anymultirange", "a multirange type", found.multirange)
        if found.range not in (0, over):
            _inconsistent(catalog, "anymultirange", "anyrange", found.multirange, found.range)
        found.range = over
    elif found.range:
        found.multirange = catalog.range_multirange(found.range)
    if found.range:
        element = catalog.range_subtype(found.range)
        if not element:
            _wrong_container(catalog, "anyrange", "a range type", found.range)
        if found.element not in (0, element):
            _inconsistent(catalog, "anyrange", "anyelement", found.range, found.element)
        found.element = element


def _restrict_simple(catalog: Catalog, found: _Simple) -> None:
    """anynonarray refuses arrays (and domains over them), anyenum everything but enums."""
    if found.element == oids.ANYELEMENT:
        return
    shown = catalog.display_type(found.element) if found.element else ""
    if found.non_array and catalog.base_element_type(found.element):
        _mismatch(f"type matched to anynonarray is an array type: {shown}")
    if found.enum and not types.is_enum(catalog, found.element):
        _mismatch(f"type matched to anyenum is not an enum type: {shown}")


def _gather_common(catalog: Catalog, actual: Sequence[int], declared: Sequence[int]) -> _Common:
    """Collect the types that the arguments of the common family bring."""
    found = _Common()
    for given, wanted in zip(actual, declared, strict=True):
        if wanted not in types.FAMILY_2:
            continue
        found.arguments += 1
        found.note(wanted)
        if given == oids.UNKNOWN:
            continue
        if wanted in _COMPATIBLE_ELEMENT:
            found.known.append(given)
        else:
            _gather_common_container(catalog, found, wanted, catalog.base_type(given))
    return found


def _gather_common_container(catalog: Catalog, found: _Common, wanted: int, given: int) -> None:
    if wanted == oids.ANYCOMPATIBLEARRAY:
        element = catalog.element_type(given)
        if not element:
            _wrong_container(catalog, "anycompatiblearray", "an array", given)
        found.known.append(element)
    elif wanted == oids.ANYCOMPATIBLERANGE:
        if found.range not in (0, given):
            _not_alike(catalog, "anycompatiblerange", found.range, given)
        if not found.range:
            found.range, found.subtype = given, catalog.range_subtype(given)
            if not found.subtype:
                _wrong_container(catalog, "anycompatiblerange", "a range type", given)
            found.known.append(found.subtype)
    else:
        if found.multirange not in (0, given):
            _not_alike(catalog, "anycompatiblemultirange", found.multirange, given)
        found.multirange = given
        if not catalog.range_of(given):
            _wrong_container(catalog, "anycompatiblemultirange", "a multirange type", given)


def _link_common(catalog: Catalog, found: _Common) -> None:
    """Find the common type; a range or multirange among the arguments must be over exactly it."""
    if found.multirange:
        over = catalog.range_of(found.multirange)
        if not found.range:
            found.range, found.subtype = over, catalog.range_subtype(over)
            found.known.append(found.subtype)
        elif over != found.range:
            _inconsistent(
                catalog,
                "anycompatiblemultirange",
                "anycompatiblerange",
                found.multirange,
                found.range,
            )
    elif found.range:
        found.multirange = catalog.range_multirange(found.range)
    if not found.known:
        return
    found.chosen = select_common_type_from_oids(catalog, found.known)
    if not verify_common_type(catalog, found.chosen, found.known):
        _mismatch("arguments of anycompatible family cannot be cast to a common type")


def _restrict_common(catalog: Catalog, found: _Common) -> None:
    if not found.chosen:
        return
    shown = catalog.display_type(found.chosen)
    if found.range and found.subtype != found.chosen:
        which, over = (
            ("anycompatiblerange", found.range)
            if found.range_wanted
            else ("anycompatiblemultirange", found.multirange)
        )
        _mismatch(
            f"{which} type {catalog.display_type(over)} does not match anycompatible type {shown}"
        )
    if found.non_array and catalog.base_element_type(found.chosen):
        _mismatch(f"type matched to anycompatiblenonarray is an array type: {shown}")


def check_generic_type_consistency(
    catalog: Catalog, actual: Sequence[int], declared: Sequence[int]
) -> bool:
    """Whether the actual types may stand together for the polymorphic declared ones.

    It settles only whether a candidate takes part (manual 10.3 step 4.a); arguments that are not
    polymorphic are not looked at. An all-unknown simple family passes here and fails later.
    """
    try:
        simple = _gather_simple(catalog, actual, declared)
        if simple.array == oids.ANYARRAY and simple.element:
            return False
        _link_simple(catalog, simple)
        _restrict_simple(catalog, simple)
        common = _gather_common(catalog, actual, declared)
        _link_common(catalog, common)
        _restrict_common(catalog, common)
    except RefusalError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class ResolvedTypes:
    """The types a call really has: its result, and what each argument is to be converted to."""

    result: int
    arguments: tuple[int, ...]


def enforce_generic_type_consistency(
    catalog: Catalog, actual: Sequence[int], declared: Sequence[int], result: int
) -> ResolvedTypes:
    """Settle the polymorphic types of a chosen function or operator (manual 36.2.5).

    Raises `RefusalError` 42804 where the actual types do not fit together or leave a type open.
    """
    if types.FAMILY_1.isdisjoint(declared) and types.FAMILY_2.isdisjoint(declared):
        return ResolvedTypes(result, tuple(declared))
    simple = _gather_simple(catalog, actual, declared)
    simple.note(result)
    if simple.arguments:
        _settle_simple(catalog, simple, result)
    common = _gather_common(catalog, actual, declared)
    common.note(result)
    if common.arguments:
        _settle_common(catalog, common)
    arguments = tuple(
        _argument_type(catalog, simple, common, given, wanted)
        for given, wanted in zip(actual, declared, strict=True)
    )
    return ResolvedTypes(_result_type(catalog, simple, common, result), arguments)


def _settle_simple(catalog: Catalog, found: _Simple, result: int) -> None:
    if found.array == oids.ANYARRAY:
        # A column such as pg_stats.most_common_vals is of type anyarray itself.
        open_result = result != oids.ANYARRAY and result in types.FAMILY_1
        if found.arguments != 1 or open_result:
            _mismatch('cannot determine element type of "anyarray" argument')
        found.element = oids.ANYELEMENT
    _link_simple(catalog, found)
    if not found.element:
        _undetermined(None)
    _restrict_simple(catalog, found)


def _settle_common(catalog: Catalog, found: _Common) -> None:
    _link_common(catalog, found)
    if found.range_wanted and not found.range:
        _undetermined("anycompatiblerange")
    if found.multirange_wanted and not found.multirange:
        _undetermined("anycompatiblemultirange")
    _restrict_common(catalog, found)
    if not found.chosen:
        found.chosen = oids.TEXT
    if found.array_wanted:
        found.array = _array_over(catalog, found.chosen)


def _argument_type(
    catalog: Catalog, simple: _Simple, common: _Common, given: int, wanted: int
) -> int:
    """A common-family argument is converted; a simple one only if it is an unknown literal."""
    if wanted in types.FAMILY_2 or (wanted in types.FAMILY_1 and given == oids.UNKNOWN):
        return _result_type(catalog, simple, common, wanted)
    return wanted


def _result_type(catalog: Catalog, simple: _Simple, common: _Common, wanted: int) -> int:
    if wanted in _ELEMENT_LIKE:
        return simple.element
    if wanted in _COMPATIBLE_ELEMENT:
        return common.chosen
    if wanted == oids.ANYARRAY:
        return simple.array or _array_over(catalog, simple.element)
    if wanted == oids.ANYCOMPATIBLEARRAY:
        return common.array or _array_over(catalog, common.chosen)
    containers = {
        oids.ANYRANGE: ("anyrange", simple.range),
        oids.ANYMULTIRANGE: ("anymultirange", simple.multirange),
        oids.ANYCOMPATIBLERANGE: ("anycompatiblerange", common.range),
        oids.ANYCOMPATIBLEMULTIRANGE: ("anycompatiblemultirange", common.multirange),
    }
    if wanted not in containers:
        return wanted
    name, bound = containers[wanted]
    return bound or _undetermined(name)

"""How a value of one type becomes one of another, and in which contexts (manual 10.1, 10.3-10.5).

Pure: only the catalog and type OIDs. The contexts widen from `implicit` over `assignment` to
`explicit`; a cast made for one is also usable in the wider ones (CREATE CAST).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlwright.catalog import oids
from sqlwright.catalog.model import CastContext
from sqlwright.catalog.types import properties as types
from sqlwright.dataclass import dataclass

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog

CoercionContext = CastContext

_WIDTH: dict[CoercionContext, int] = {"implicit": 0, "assignment": 1, "explicit": 2}

PathKind = Literal["relabel", "function", "io", "array"]


@dataclass(frozen=True, slots=True)
class CoercionPath:
    """A way to convert: nothing but another label, a cast function (`function` is its OID), the
    text form, or element by element.
    """

    kind: PathKind
    function: int = 0


_RELABEL = CoercionPath("relabel")
_IO = CoercionPath("io")
_ARRAY = CoercionPath("array")


def find_coercion_pathway(
    catalog: Catalog, target: int, source: int, context: CoercionContext
) -> CoercionPath | None:
    """How to convert between two types, None if the context allows no way.

    Domains count as their base types. A cast from the catalog wins; arrays convert if their
    elements do; the text form serves to a string type on assignment and from a string type when
    explicit (CREATE CAST, notes on automatic I/O conversion).
    """
    given, wanted = catalog.type_below_domains(source), catalog.type_below_domains(target)
    if given is None or wanted is None or given.oid == wanted.oid:
        return _RELABEL if given is wanted else None
    cast = catalog.cast(given.oid, wanted.oid)
    if cast is not None:
        if _WIDTH[context] < _WIDTH[cast.context]:
            return None
        if cast.method == "function":
            return CoercionPath("function", cast.function)
        return _IO if cast.method == "inout" else _RELABEL
    if (
        given.is_array
        and wanted.is_array
        and wanted.oid not in (oids.OIDVECTOR, oids.INT2VECTOR)
        and find_coercion_pathway(catalog, wanted.element, given.element, context)
    ):
        return _ARRAY
    if context != "implicit" and wanted.category == types.STRING_CATEGORY:
        return _IO
    if context == "explicit" and given.category == types.STRING_CATEGORY:
        return _IO
    return None


def find_typmod_coercion_function(catalog: Catalog, target: int) -> CoercionPath | None:
    """How a value is made to fit a type modifier of its own type (varchar(3), numeric(10,2)).

    Such a function is a cast from the type to itself; an array is fitted element by element.
    """
    element = catalog.element_type(target)
    cast = catalog.cast(element or target, element or target)
    if cast is None or not cast.function:
        return None
    return CoercionPath("array" if element else "function", cast.function)


def can_coerce_concrete(
    catalog: Catalog, source: int, target: int, context: CoercionContext
) -> bool:
    """Whether one type converts to another, which is not polymorphic."""
    if target in (source, oids.ANY) or source == oids.UNKNOWN:
        return True
    if find_coercion_pathway(catalog, target, source, context) is not None:
        return True
    if source == oids.RECORD and catalog.is_composite(target):
        return True
    if target == oids.RECORD and catalog.is_composite(source):
        return True
    if target == oids.RECORD_ARRAY and types.is_composite_array(catalog, source):
        return True
    return catalog.type_inherits_from(source, target)

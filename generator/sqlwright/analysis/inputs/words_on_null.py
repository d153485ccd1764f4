"""What NULL does in one place of a query, how that word changes on the way down to a parameter, and
what the words on all of a parameter's places come to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Reason
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass, replace
from sqlwright.source import SourceFile, Span
from sqlwright.sql.statements import Marker


@dataclass(frozen=True, slots=True)
class NullUse:
    """What NULL does in one place.

    `asked`: the SQL says what is to be done with it; `stored`: it is written to a column that may
    be NULL; `refused`: it is an error; `given`: a value is what the place is for. `left_out` says
    that a call which gives no value there is a reasonable one. `direct`: the value goes there in
    any case, by no CASE or COALESCE. `place` is where in the query that is, `span` what it rests
    on in the schema.
    """

    effect: Literal["asked", "stored", "refused", "given"]
    text: str
    span: Span | None = None
    left_out: bool = True
    direct: bool = True
    place: tuple[int, int] | None = None


Place = NullUse | None
"""The word of a place; None where NULL has no use."""


@dataclass(frozen=True, slots=True)
class OnNull:
    """Whether a parameter may be None, whether that is its default then, and why."""

    nullable: bool
    left_out: bool
    reason: Reason


def word_on_null(
    catalog: Catalog,
    source: SourceFile,
    oid: int,
    uses: Sequence[NullUse],
    markers: Sequence[Marker],
) -> OnNull:
    """The word on NULL as a parameter of a type: of sqlc.narg, else of its uses."""
    if any(marker.kind == "narg" for marker in markers):
        return OnNull(True, True, Reason("sqlc.narg says that it may be NULL"))
    if catalog.forbids_null(oid):
        shown = catalog.display_type(oid)
        return OnNull(False, False, Reason(f"type {shown} lets no NULL in"))
    use = decided(uses)
    if use is None:
        said = Reason("NULL has no use of its own here; sqlc.narg allows None")
        return OnNull(False, False, said)
    span = use.span if use.span is not None or use.place is None else Span(source, *use.place)
    nullable = use.effect != "refused"
    default = "" if use.left_out or not nullable else "; leaving it out is no reasonable call"
    return OnNull(nullable, nullable and use.left_out, Reason(use.text + default, span))


def decided(uses: Sequence[NullUse]) -> NullUse | None:
    """What all uses say together: what is refused in any case is of no use elsewhere, and a value
    may be left out only where each of them takes that."""
    refused = next((use for use in uses if use.effect == "refused"), None)
    useful = [use for use in uses if use.effect != "given"]
    if refused is not None or not useful:
        return refused
    first = next((use for use in useful if not use.left_out), useful[0])
    left_out = all(use.left_out for use in uses)
    return first if first.left_out == left_out else replace(first, left_out=left_out)


def asked(part: tree.Expr, text: str, *, left_out: bool = True) -> NullUse:
    place = (part.start, part.end) if part.start >= 0 else None
    return NullUse("asked", text, left_out=left_out, place=place)


def taken(part: tree.Expr, what: str) -> NullUse:
    return asked(part, f"{what} makes something of NULL", left_out=False)


def perhaps(place: Place, *, left_out: bool) -> Place:
    """A place that the value reaches in some cases: NULL is an error in those only. The value may
    be left out if the call decides, and the column stays as it is in another case."""
    if place is None or place.effect == "refused":
        return None
    if place.effect == "stored":
        return replace(place, left_out=left_out, direct=False)
    return place


def in_stead(place: Place) -> Place:
    """The last of COALESCE, which stands in for a NULL: to be NULL is not what it is for."""
    if place is None or place.effect != "stored":
        return place if place is not None and place.effect == "asked" else None
    return replace(place, effect="given", left_out=False)


def asking_for_value(place: NullUse) -> NullUse:
    """A place behind a cast that is written: sqlc's way to ask for a value."""
    is_direct = place.effect == "stored" and place.direct
    return replace(place, left_out=False) if is_direct else place

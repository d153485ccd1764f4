"""From schema files to the catalog that PostgreSQL would have after running them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from sqlwright.catalog.analyser import Analyser
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.numbering import Numbering
from sqlwright.catalog.session import Session
from sqlwright.dataclass import replace
from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.source import SourceFile
from sqlwright.sql.schema.reader import Unreadable, read_schema

if TYPE_CHECKING:
    from sqlwright.catalog.passages import Passages

SchemaOrder = Literal["any", "strict"]


def build_catalog(
    catalog: Catalog,
    sources: Iterable[SourceFile],
    analyse: Analyser,
    diagnostics: list[Diagnostic],
    order: SchemaOrder = "strict",
    numbering: Numbering | None = None,
    passages: Passages | None = None,
) -> Catalog:
    """The catalog after every statement of every file; what is refused is reported and skipped.

    Each file begins with the search path of a new session, and so do the queries afterwards. With
    `order` "any", files that no server would load in their order, but that describe a schema, are
    taken as a description (see `describing`), which one warning says. `numbering` says where the
    OIDs of statements begin, if that is known of earlier, and `passages` what statements do.
    `diagnostics` may have what was said of files before these.
    """
    files = list(sources)
    numbering = numbering or Numbering()
    for at, source in enumerate(files):
        found: list[Diagnostic] = []
        session = Session(catalog, source, analyse, found, numbering)
        for statement in (
            read_schema(source, found) if passages is None else passages.statements(session, found)
        ):
            refused = len(found)
            session.run(statement)
            if isinstance(statement, Unreadable) or order == "strict":
                continue
            if any(item.severity == "error" for item in found[refused:]):
                from sqlwright.catalog.describing import described

                description = described(catalog, files[at:], analyse, diagnostics)
                if description is not None:
                    diagnostics.extend(description.diagnostics)
                    return replace(description.catalog, numbers=numbering.told(catalog.numbers))
                order = "strict"
        catalog = replace(session.finish(), numbers=numbering.told(catalog.numbers))
        diagnostics.extend(found)
    places = {source.path: at for at, source in enumerate(files)}
    diagnostics[:] = [_with_later_place(catalog, places, found) for found in diagnostics]
    return catalog


def _with_later_place(catalog: Catalog, order: dict[str, int], found: Diagnostic) -> Diagnostic:
    """A refusal that something does not exist, where a later statement creates it, which says more
    than what else its name may have meant."""
    if found.code not in ("unknown-relation", "unknown-type") or not found.labels:
        return found
    place = found.labels[0].span
    names = tuple(place.text.lower().split("."))
    thing = catalog.find_relation(names) or catalog.find_type(names)
    if thing is None or thing.declared is None:
        return found
    declared, here = thing.declared, place.source.path
    there = declared.source.path
    if (order.get(there, -1), declared.start) <= (order.get(here, -1), place.start):
        return found
    advice = (
        f"{thing.name} is created further down: move this after it"
        if there == here
        else f"{thing.name} is created later, in {there}: files are read in order of their names"
    )
    label = Label(declared, f"{thing.name} is created here")
    return replace(found, labels=(found.labels[0], label), help=advice)

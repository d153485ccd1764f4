"""What classes that queries share have in common, be they of rows that come or of rows that go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from sqlwright.analysis.facts import QueryFacts, SharedName
from sqlwright.codegen.classes import RESERVED
from sqlwright.codegen.functions import QueryNames
from sqlwright.codegen.imports import LOCAL_NAMES, NONE, Imports
from sqlwright.codegen.model import ModelClass
from sqlwright.codegen.names import MODULE_NAMES
from sqlwright.codegen.naming import NamedModule
from sqlwright.codegen.types.type_map import TypeMap
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Code, Diagnostic, Label

Named = tuple[QueryFacts, QueryNames]
Shape = tuple[tuple[str, str], ...]
"""The fields of a class, and their annotations."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The modules with what queries share, the classes for `models.py` with the imports that they
    need, and what is wrong."""

    modules: tuple[NamedModule, ...]
    classes: tuple[ModelClass, ...] = ()
    imports: Imports = NONE
    problems: tuple[Diagnostic, ...] = ()


class Group(Protocol):
    """The queries that name one class."""

    def problems(self) -> Iterator[Diagnostic]:
        """Why queries cannot have the class."""

    def queries(self) -> Iterator[Named]:
        """The queries, with that in common which the class takes."""

    def classes(self) -> Iterator[tuple[ModelClass, Imports]]:
        """What stands in `models.py` for it."""


def sharing(modules: Sequence[NamedModule], groups: Sequence[Group]) -> Shared:
    """The modules with the queries of the groups in the place of those of their names, and the
    classes; as they are where something is wrong."""
    problems = tuple(problem for group in groups for problem in group.problems())
    if problems:
        return Shared(tuple(modules), problems=problems)
    found = {each[0].name: each for group in groups for each in group.queries()}
    made = [each for group in groups for each in group.classes()]
    return Shared(
        tuple(
            replace(module, queries=tuple(found.get(each[0].name, each) for each in module.queries))
            for module in modules
        ),
        tuple(each for each, _ in made),
        NONE.union(*(imports for _, imports in made)),
    )


def grouped(
    modules: Sequence[NamedModule], named: Callable[[QueryFacts], SharedName | None]
) -> dict[str, tuple[Named, ...]]:
    """The queries that name a class, by its name."""
    groups: dict[str, list[Named]] = defaultdict(list)
    for module in modules:
        for query, names in module.queries:
            if (said := named(query)) is not None:
                groups[said.name].append((query, names))
    return {name: tuple(groups[name]) for name in sorted(groups)}


def is_taken(types: TypeMap, name: str, others: Iterable[str], *, model: bool) -> bool:
    """Whether something else has the name; that of a `model` may be meant."""
    known = types.classes
    found = {*known.types.values(), *others, *RESERVED, *MODULE_NAMES, *LOCAL_NAMES}
    return name in found or (not model and name in known.relations.values())


def said_of(said: SharedName | None) -> SharedName:
    """What a query says of a class that it is known to share."""
    assert said is not None
    return said


def name_taken(said: SharedName, query: QueryFacts, name: str) -> Diagnostic:
    """The refusal of a name that something else has."""
    message = f"{name} is the name of something else in the package"
    return problem(query, said, "invalid-annotation", message, help="call the class something else")


def different(
    name: str,
    what: str,
    query: QueryFacts,
    said: SharedName | None,
    own: Shape,
    title: str,
    before: Shape,
    place: SharedName | None = None,
) -> Diagnostic:
    """The refusal of a class that is another one where it was first used, at a `place` if that was
    in a query. Both lists are shown side by side."""
    found = problem(
        query,
        said,
        "different-rows",
        f"the {what} of {query.name} are not those of {title}, which are called {name} too",
        help="use the same names with the same types, or name another class",
    )
    labels = () if place is None else (Label(place.span, "first used here"),)
    notes = ("\n".join(_side_by_side(title, before, query.name, own)),)
    return replace(found, labels=(*found.labels, *labels), notes=notes)


def problem(
    query: QueryFacts, said: SharedName | None, code: Code, message: str, *, help: str
) -> Diagnostic:
    """A report at the name of the class."""
    labels = (Label(said_of(said).span),)
    return Diagnostic(code, "error", message, labels, help=help, query=query.name)


def _side_by_side(title: str, first: Shape, other_title: str, second: Shape) -> Iterator[str]:
    """The fields of the first under its title, beside those of the second of the same names, and
    then what only the second has."""
    left, right = dict(first), dict(second)
    rows = [(title, other_title)]
    for name in dict.fromkeys((*left, *right)):
        rows.append(
            (
                f"{name}: {left[name]}" if name in left else "-",
                f"{name}: {right[name]}" if name in right else "-",
            )
        )
    width = max(len(one) for one, _ in rows)
    yield from (f"{one.ljust(width)}   {other}" for one, other in rows)

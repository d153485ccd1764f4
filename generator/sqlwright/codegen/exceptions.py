"""The classes that errors of constraints become: their names, over the whole schema, and the module
with those that a package's queries can raise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from sqlwright.analysis.facts import QueryFacts, Violable
from sqlwright.analysis.violations.places import (
    Place,
    constraints_declared,
    place_of_parts,
    places_of,
)
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Constraint, Relation, Type
from sqlwright.codegen import imports as modules
from sqlwright.codegen.imports import importable
from sqlwright.codegen.literals import text_literal
from sqlwright.codegen.model import Code, ExceptionClass, ExceptionsModule, Group, Import, Line
from sqlwright.codegen.names import MODULE_NAMES, Taken, as_python, identifier, pascal_case
from sqlwright.codegen.options import PackageOptions
from sqlwright.dataclass import dataclass, field
from sqlwright.patterns import pattern

Slot = tuple[bool, int, str]
"""A constraint by whether it is a domain's, the OID of its table or domain, and its name."""

_BASES: Mapping[str, str] = {
    "primary key": "UniqueViolationError",
    "unique": "UniqueViolationError",
    "foreign key": "ForeignKeyViolationError",
    "check": "CheckViolationError",
    "exclusion": "ExclusionViolationError",
    "not null": "NotNullViolationError",
}
_RESTRICT = "RestrictViolationError"
"""What ON DELETE RESTRICT raises, since PostgreSQL 18."""

_TAKEN = frozenset(
    {"ClassVar", "IntegrityConstraintViolationError", "Naming", "naming", "name_violation"}
    | {_RESTRICT, *_BASES.values()}
)
_NAMED = pattern(r"^\s*@error\s+(\S+)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Declared:
    """A constraint where it is declared. `name` is that of its class."""

    of: Relation | Type
    constraint: Constraint
    name: str

    @property
    def domain(self) -> bool:
        return isinstance(self.of, Type)

    @property
    def slot(self) -> Slot:
        return self.domain, self.of.oid, self.constraint.name

    @property
    def bases(self) -> tuple[str, ...]:
        """The classes of asyncpg that such an error is of."""
        base = _BASES[self.constraint.kind]
        restricts = "restrict" in (self.constraint.on_delete, self.constraint.on_update)
        return (base, _RESTRICT) if restricts else (base,)

    def told(self) -> str:
        """What it demands of what: `UNIQUE (email) of users`."""
        what = self.constraint.kind.upper() + " INDEX" * self.constraint.is_index
        if self.constraint.columns:
            what = f"{what} ({', '.join(self.constraint.columns)})"
        kind = "domain " if self.domain else ""
        return f"{what} of {kind}{_qualified(self.of)}"


@dataclass(frozen=True)
class Exceptions:
    """The classes of a schema's constraints, used or not, so that a new query renames none."""

    catalog: Catalog
    options: PackageOptions
    _known: dict[Slot, Declared] = field(default_factory=dict, repr=False)

    def all(self) -> Mapping[Slot, Declared]:
        """Every constraint by its slot, where it is declared."""
        if not self._known:
            self._known.update(_named(self.catalog, self.options))
        return self._known

    def of(self, item: Violable) -> Declared:
        """The constraint that a statement can violate."""
        return self.all()[item.domain, item.of, item.constraint]

    def notes(self, query: QueryFacts) -> Iterator[str]:
        """Lines of a docstring: what a statement's own constraints raise."""
        if query.violable:
            yield "Raises:"
        for item in query.violable or ():
            found = self.of(item)
            late = ", when the transaction ends" if item.deferred else ""
            yield f"- {found.name}: {found.told()}{late}"

    def module(self, queries: Iterable[QueryFacts]) -> ExceptionsModule:
        """The module with the classes of what the queries can raise."""
        return _module(self, queries)


def _named(catalog: Catalog, options: PackageOptions) -> Iterator[tuple[Slot, Declared]]:
    """Names that are given come first. Two constraints that are given one share the class, if they
    raise the same."""
    renames = dict(options.renames.exceptions)
    taken = Taken(_TAKEN)
    shared: dict[tuple[str, tuple[str, ...]], str] = {}
    found = [Declared(of, each, "") for of, each in constraints_declared(catalog)]
    given = {id(each): _given(catalog, each, renames) for each in found}
    for each in sorted(found, key=lambda each: given[id(each)] is None):
        wanted = given[id(each)]
        if wanted is None:
            name = taken.claim(_default(each))
        elif (wanted, each.bases) in shared:
            name = shared[wanted, each.bases]
        else:
            name = shared[wanted, each.bases] = taken.claim(wanted)
        yield each.slot, Declared(each.of, each.constraint, name)


def _rename_keys(item: Relation | Type, constraint: Constraint) -> tuple[str, ...]:
    """What a rename may call a constraint: by its name alone, or with its table or domain."""
    name = constraint.name
    return f"{item.schema}.{item.name}.{name}", f"{item.name}.{name}", name


def constraint_keys(catalog: Catalog) -> Iterator[str]:
    """Everything that a rename may call a constraint of a schema."""
    for of, constraint in constraints_declared(catalog):
        yield from _rename_keys(of, constraint)


def _given(catalog: Catalog, item: Declared, renames: Mapping[str, str]) -> str | None:
    """The name that the configuration or a comment gives."""
    for key in _rename_keys(item.of, item.constraint):
        if key in renames:
            return identifier(renames[key], "Error", MODULE_NAMES)
    found = _NAMED.search(comment_on(catalog, item.constraint))
    return None if found is None else identifier(as_python(found[1]), "Error", MODULE_NAMES)


def comment_on(catalog: Catalog, constraint: Constraint) -> str:
    """The comment on a constraint, or on the index that is all there is of it."""
    if constraint.comment is None and constraint.is_index:
        index = catalog.get_relation(constraint.index)
        return (index.comment if index is not None else None) or ""
    return constraint.comment or ""


def _default(item: Declared) -> str:
    """The constraint's name, after that of its table unless it begins with it."""
    stem, owner = item.constraint.name, item.of.name
    if not stem.startswith(owner):
        stem = f"{owner}_{stem}"
    if item.of.schema != "public":
        stem = f"{item.of.schema}_{stem}"
    return identifier(pascal_case(stem), "Error", MODULE_NAMES)


def _qualified(item: Relation | Type) -> str:
    return item.name if item.schema == "public" else f"{item.schema}.{item.name}"


def _module(exceptions: Exceptions, queries: Iterable[QueryFacts]) -> ExceptionsModule:
    used = {exceptions.of(item).slot for query in queries for item in query.violable or ()}
    found = [each for slot, each in exceptions.all().items() if slot in used]
    by_name: dict[str, list[Declared]] = {}
    for each in found:
        by_name.setdefault(each.name, []).append(each)
    classes = [_class(exceptions.catalog, name, by_name[name]) for name in sorted(by_name)]
    bases = {base for each in found for base in each.bases}
    own = {"IntegrityConstraintViolationError", "Naming"}
    imports = {Import(modules.CONSTRAINTS, name) for name in bases | own}
    if any(each.columns for each in classes):
        imports.add(Import("typing", "ClassVar"))
    places = [
        _entry(place, each.name)
        for each in found
        for place in places_of(exceptions.catalog, each.of, each.constraint)
    ]
    parts = [
        _entry(place, each.name)
        for each in found
        if (place := place_of_parts(exceptions.catalog, each.of, each.constraint)) is not None
    ]
    told = (tuple(places), tuple(parts)) if parts else (tuple(places),)
    return ExceptionsModule(
        importable(imports, ".exceptions"),
        tuple(sorted([*by_name, "naming"])),
        tuple(classes),
        Line(Group("Naming(", tuple(Group("{", each, "}") for each in told), ")"), "_NAMING = "),
    )


def _class(catalog: Catalog, name: str, found: list[Declared]) -> ExceptionClass:
    doc: list[str] = []
    for each in found:
        doc += f"{each.constraint.name}: {each.told()}.".splitlines()
        said = _NAMED.sub("", comment_on(catalog, each.constraint)).strip()
        doc += ["", *said.splitlines()] if said else []
    columns = dict.fromkeys(column for each in found for column in each.constraint.columns)
    listed = Group("(", tuple(map(text_literal, columns)), ")")
    kind = "ClassVar[tuple[str, ...]]"
    attribute = Line(listed, "columns", depth=1, annotation=kind) if columns else None
    return ExceptionClass(name, ", ".join(found[0].bases), tuple(doc), attribute)


def _entry(place: Place, name: str) -> Code:
    shown = tuple("None" if each is None else text_literal(each) for each in place)
    return Group("(", shown, f"): {name}")

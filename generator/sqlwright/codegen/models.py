"""`models.py`: enums, domains, composite types and tables as classes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlwright.catalog.model import Type
from sqlwright.codegen import imports as modules
from sqlwright.codegen.classes import MODEL_KINDS
from sqlwright.codegen.imports import NONE, Imports, importable
from sqlwright.codegen.model import (
    EnumClass,
    Function,
    Group,
    Import,
    Line,
    ModelClass,
    ModelsModule,
    NewTypeAlias,
    Parameter,
    RowClass,
)
from sqlwright.codegen.model_kinds import model_kind
from sqlwright.codegen.names import Taken, constant_case, identifier
from sqlwright.codegen.results import comment_lines, model_result, relation_parts
from sqlwright.codegen.rows import RowColumn, field_names, row_class, row_function
from sqlwright.codegen.types.codec import Uses
from sqlwright.codegen.types.type_map import TypeMap
from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Travels:
    """Whether rows of a relation travel as composite values, and whether they are sent as such."""

    as_value: bool
    sent: bool


def plan_models(
    types: TypeMap,
    returned: Uses,
    sent: Uses,
    shared: Sequence[ModelClass] = (),
    needed_by_shared: Imports = NONE,
) -> ModelsModule:
    """The classes of what queries return and of what is sent to them, of everything those are made
    of, and those that queries share."""
    if types.options.unused_models:
        returned |= _everything(types)
        sent |= _everything(types)
    wanted = _reachable(types, returned | sent)
    sent = _reachable(types, sent)
    enums = [
        plan_enum(types, types.catalog.type(oid))
        for oid in _in_order(types.classes.types, wanted.classes)
        if types.catalog.type(oid).kind == "enum"
    ]
    named = [*types.classes.relations, *types.classes.values]
    domains, imports = _plan_new_types(types, wanted)
    if enums:
        imports |= {types.public.imported("enum", "StrEnum")[1]}
        imports |= {types.public.imported(modules.CONVERT, "label_decoder")[1]}
    classes = []
    defined: set[int] = set()
    for oid in _dependencies_first(types, list(_in_order(named, wanted.classes))):
        travels = Travels(oid in wanted.values, oid in sent.values)
        made, functions, needed = plan_model(types, oid, travels)
        defined.add(oid)
        follow = [item.alias for item in domains if oid in item.of and item.of <= defined]
        classes.append(ModelClass(made, functions, tuple(follow)))
        imports |= needed
    classes += shared
    imports |= needed_by_shared
    exports = [enum.name for enum in enums] + [item.alias.name for item in domains]
    exports += [item.made.name for item in classes]
    return ModelsModule(
        importable(imports, modules.MODELS),
        tuple(sorted(exports)),
        tuple(enums),
        tuple(item.alias for item in domains if not item.of),
        tuple(classes),
    )


@dataclass(frozen=True, slots=True)
class _Domain:
    """A domain with the relations whose classes it is made of."""

    alias: NewTypeAlias
    of: frozenset[int]


def _plan_new_types(types: TypeMap, wanted: Uses) -> tuple[tuple[_Domain, ...], Imports]:
    """The domains, each after the domain it is made from."""
    found: list[_Domain] = []
    imports: Imports = NONE
    domains = [types.catalog.type(oid) for oid in _in_order(types.classes.types, wanted.classes)]
    for item in sorted(
        (item for item in domains if item.kind == "domain"), key=_domain_depth(types)
    ):
        if (name := types.new_type(item)) is None:
            continue
        base = types.under(item).result
        maker, needed = types.public.imported("typing", "NewType")
        imports |= base.imports | {needed}
        called = Group(f"{maker}(", (f'"{name}"', base.annotation), ")")
        made = Line(called, f"{name} = ", comment=_UNTYPED if base.needed == _ASYNCPG else "")
        of = types.codec(item.oid).uses.classes & {*types.classes.relations, *types.classes.values}
        found.append(_Domain(NewTypeAlias(name, made, comment_lines(item.comment)), of))
    return tuple(found), imports


_ASYNCPG = Import("asyncpg")
_UNTYPED = "type: ignore[valid-newtype, unused-ignore]"
"""What strict type checkers need to be told where asyncpg-stubs is not installed."""


def _domain_depth(types: TypeMap) -> Callable[[Type], int]:
    def depth(item: Type) -> int:
        return 1 + depth(types.catalog.type(item.base)) if item.kind == "domain" else 0

    return depth


def plan_enum(types: TypeMap, item: Type) -> EnumClass:
    """An enum type as a StrEnum, members in the order of the labels."""
    name = types.classes.types[item.oid]
    taken = Taken()
    members = tuple((taken.claim(_member(label)), label) for label in item.labels)
    maker, _ = types.public.imported(modules.CONVERT, "label_decoder")
    decoder = Line(Group(f"{maker}(", (name,), ")"), f"{types.classes.from_label(name)} = ")
    base, _ = types.public.imported("enum", "StrEnum")
    return EnumClass(name, base, comment_lines(item.comment), members, decoder)


def plan_model(
    types: TypeMap, oid: int, travels: Travels
) -> tuple[RowClass, tuple[Function, ...], Imports]:
    """The class of a table, view or composite type, or of values of a row type, and the functions
    between its objects and the values of a row, which composite values are as well."""
    of_values = types.classes.values.get(oid)
    name = of_values or types.classes.relations[oid]
    parts = _parts(types, oid)
    doc = _DOC_OF_VALUES if of_values else comment_lines(types.catalog.relation(oid).comment)
    made, imports = row_class(name, parts, doc, types.options, types.public)
    functions: list[Function] = []
    if travels.as_value or not model_result(types, types.catalog.relation(oid)).made.star:
        function, needed = row_function(
            types.classes.from_row(name), name, parts, types.options, types.public
        )
        functions.append(function)
        imports |= needed
    if travels.sent:
        functions.append(_to_row(types, name, parts))
        imports = imports.union(*(part.codec.encode.imports for part in parts if part.codec.encode))
    return made, tuple(functions), imports


_DOC_OF_VALUES = ("A value of the row type of a table, which is held to none of its constraints.",)


def _parts(types: TypeMap, oid: int) -> tuple[RowColumn, ...]:
    """The fields of a class."""
    if oid in types.classes.values:
        return tuple(RowColumn(*each) for each in types.value_fields(oid))
    return relation_parts(types, types.catalog.relation(oid))


def _to_row(types: TypeMap, name: str, parts: tuple[RowColumn, ...]) -> Function:
    """The function that turns an object into the tuple asyncpg sends for a composite value."""
    by_key = model_kind(types.options).by_key
    items = tuple(
        part.codec.encoded(f'value["{field}"]' if by_key else f"value.{field}")
        for field, part in zip(field_names(parts, types.options), parts, strict=True)
    )
    body = (Line(Group("(", items, ")"), "return "),)
    value = Parameter("value", name)
    return Function(
        types.classes.to_row(name), (value,), (), "tuple[object, ...]", (), body, is_async=False
    )


def _member(label: str) -> str:
    return identifier(constant_case(label).strip("_"), "VALUE_")


def _everything(types: TypeMap) -> Uses:
    composites = [
        oid
        for oid in types.classes.relations
        if types.catalog.relation(oid).kind not in MODEL_KINDS
    ]
    values = frozenset(types.classes.values)
    classes = frozenset({*types.classes.relations, *types.classes.types})
    return Uses(classes | values, values.union(composites))


def _in_order(names: Iterable[int], wanted: frozenset[int]) -> Iterator[int]:
    return (oid for oid in names if oid in wanted)


def _reachable(types: TypeMap, used: Uses) -> Uses:
    """The used classes with all that their fields use."""
    reached: set[int] = set()
    waiting, values = list(used.classes), set(used.values)
    while waiting:
        oid = waiting.pop()
        if oid in reached:
            continue
        reached.add(oid)
        for inner in _used_by(types, oid):
            waiting.extend(inner.classes)
            values |= inner.values
    return Uses(frozenset(reached), frozenset(values))


def _used_by(types: TypeMap, oid: int) -> Iterator[Uses]:
    if oid in types.classes.relations or oid in types.classes.values:
        yield from (part.codec.uses for part in _parts(types, oid))
    elif types.catalog.type(oid).kind == "domain":
        yield types.codec(types.catalog.type(oid).base).uses


def _dependencies_first(types: TypeMap, classes: list[int]) -> Iterator[int]:
    """Composite types, those that others hold before these; then the tables as they come."""
    done: set[int] = set()
    known = {*types.classes.relations, *types.classes.values}

    def visit(oid: int) -> Iterator[int]:
        if oid in done:
            return
        done.add(oid)
        for part in _parts(types, oid):
            for inner in sorted(part.codec.uses.classes & known):
                yield from visit(inner)
        yield oid

    def is_model(oid: int) -> bool:
        return oid in types.classes.relations and types.catalog.relation(oid).kind in MODEL_KINDS

    for oid in sorted(classes, key=is_model):
        yield from visit(oid)

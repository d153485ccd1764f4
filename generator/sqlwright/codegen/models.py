"""`models.py`: enums, domains, composite types and tables as classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlwright.catalog.model import Relation, Type
from sqlwright.codegen import imports as modules
from sqlwright.codegen.classes import MODEL_KINDS
from sqlwright.codegen.imports import NONE, Imports, importable
from sqlwright.codegen.model import (
    EnumClass,
    Function,
    Group,
    Import,
    Line,
    ModelsModule,
    Parameter,
    RowClass,
)
from sqlwright.codegen.names import Taken, constant_case, identifier, snake_case
from sqlwright.codegen.results import comment_lines, model_result, relation_parts
from sqlwright.codegen.rows import RowColumn, field_names, row_class, row_function
from sqlwright.codegen.types import TypeMap


def plan_models(types: TypeMap, used: frozenset[int]) -> ModelsModule:
    """The classes of the used relations and types, and of everything those are made of."""
    wanted = _reachable(types, _everything(types) if types.options.unused_models else used)
    enums = [
        plan_enum(types, types.catalog.type(oid)) for oid in _in_order(types.classes.types, wanted)
    ]
    relations = [types.catalog.relation(oid) for oid in _in_order(types.classes.relations, wanted)]
    imports: Imports = frozenset({Import("enum", "StrEnum")}) if enums else NONE
    if enums:
        imports |= {types.public.imported(modules.CONVERT, "label_decoder")[1]}
    classes = []
    for relation in _dependencies_first(types, relations):
        made, functions, needed = plan_model(types, relation)
        classes.append((made, functions))
        imports |= needed
    exports = sorted([enum.name for enum in enums] + [made.name for made, _ in classes])
    return ModelsModule(
        importable(imports, modules.MODELS), tuple(exports), tuple(enums), (), tuple(classes)
    )


def plan_enum(types: TypeMap, item: Type) -> EnumClass:
    """An enum type as a StrEnum, members in the order of the labels."""
    name = types.classes.types[item.oid]
    taken = Taken()
    members = tuple((taken.claim(_member(label)), label) for label in item.labels)
    maker, _ = types.public.imported(modules.CONVERT, "label_decoder")
    decoder = Line(Group(f"{maker}(", (name,), ")"), f"decode_{snake_case(name)} = ")
    return EnumClass(name, comment_lines(item.comment), members, decoder)


def plan_model(
    types: TypeMap, relation: Relation
) -> tuple[RowClass, tuple[Function, ...], Imports]:
    """The class of a table, view or composite type, and its conversion functions."""
    name = types.classes.relations[relation.oid]
    parts = relation_parts(types, relation)
    made, imports = row_class(name, parts, comment_lines(relation.comment), types.options)
    functions: list[Function] = []
    if not model_result(types, relation).made.star or relation.kind not in MODEL_KINDS:
        function, needed = row_function(
            f"{snake_case(name)}_from_row", name, parts, types.options, types.public
        )
        functions.append(function)
        imports |= needed
    if relation.kind not in MODEL_KINDS:
        functions.append(_to_row(types, name, parts))
        imports = imports.union(*(part.codec.encode.imports for part in parts if part.codec.encode))
    return made, tuple(functions), imports


def _to_row(types: TypeMap, name: str, parts: tuple[RowColumn, ...]) -> Function:
    """The function that turns an object into the tuple asyncpg sends for a composite value."""
    by_key = types.options.model == "typeddict"
    items = tuple(
        part.codec.encoded(f'value["{field}"]' if by_key else f"value.{field}")
        for field, part in zip(field_names(parts, types.options), parts, strict=True)
    )
    body = (Line(Group("(", items, ")"), "return "),)
    value = Parameter("value", name)
    return Function(
        f"{snake_case(name)}_to_row", (value,), (), "tuple[object, ...]", (), body, is_async=False
    )


def _member(label: str) -> str:
    return identifier(constant_case(label).strip("_"), "VALUE_")


def _everything(types: TypeMap) -> frozenset[int]:
    return frozenset({*types.classes.relations, *types.classes.types})


def _in_order(names: Iterable[int], wanted: frozenset[int]) -> Iterator[int]:
    return (oid for oid in names if oid in wanted)


def _reachable(types: TypeMap, used: frozenset[int]) -> frozenset[int]:
    """The used classes with all that their fields use."""
    reached: set[int] = set()
    waiting = list(used)
    while waiting:
        oid = waiting.pop()
        if oid in reached:
            continue
        reached.add(oid)
        if oid in types.classes.relations:
            parts = relation_parts(types, types.catalog.relation(oid))
            waiting.extend(found for part in parts for found in part.codec.uses)
    return frozenset(reached)


def _dependencies_first(types: TypeMap, relations: list[Relation]) -> Iterator[Relation]:
    """Composite types, those that others hold before these; then the tables as they come."""
    done: set[int] = set()

    def visit(relation: Relation) -> Iterator[Relation]:
        if relation.oid in done:
            return
        done.add(relation.oid)
        for part in relation_parts(types, relation):
            for oid in sorted(part.codec.uses & types.classes.relations.keys()):
                yield from visit(types.catalog.relation(oid))
        yield relation

    for relation in sorted(relations, key=lambda item: item.kind in MODEL_KINDS):
        yield from visit(relation)

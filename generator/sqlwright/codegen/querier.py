"""`querier.py`: every function of the package, and on request a class with them as methods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlwright.codegen import imports as modules
from sqlwright.codegen.code_words import words
from sqlwright.codegen.functions import PlannedQuery
from sqlwright.codegen.imports import Imports, importable
from sqlwright.codegen.model import (
    Code,
    Function,
    Group,
    Import,
    Line,
    Parameter,
    ProtocolClass,
    QuerierClass,
    QuerierModule,
)
from sqlwright.codegen.names import Taken, identifier, pascal_case
from sqlwright.codegen.types.type_map import TypeMap
from sqlwright.dataclass import replace

CLASS_NAME = "Querier"
PROTOCOL_NAME = "QuerierProtocol"


def plan_querier(types: TypeMap, planned: Sequence[tuple[str, PlannedQuery]]) -> QuerierModule:
    """The module over all queries, each with the name of the module it is in."""
    functions = [Import(f".{module}", query.code.function.name) for module, query in planned]
    names = tuple(sorted(item.name for item in functions))
    if types.options.shape == "functions":
        return QuerierModule(importable(functions, ".querier"), names)
    imports: Imports = frozenset(functions)
    for module, query in planned:
        made = (*query.code.classes, query.code.sort, query.code.position)
        named = _words_of_signature(query.code.function)
        own = {each.name for each in made if each is not None and each.name in named}
        imports |= query.signature_imports | {Import(f".{module}", name) for name in own}
    by_module: dict[str, list[Function]] = {}
    for module, query in planned:
        by_module.setdefault(module, []).append(query.code.function)
    querier, needed = _class(types, by_module)
    exports = tuple(sorted([*names, *querier.classes]))
    return QuerierModule(importable(imports | needed, ".querier"), exports, querier)


def _words_of_signature(function: Function) -> set[str]:
    annotations = (each.annotation for each in (*function.first, *function.keyword))
    return {word for text in (*annotations, function.returns) for word in words(text)}


def _class(
    types: TypeMap, functions: Mapping[str, Sequence[Function]]
) -> tuple[QuerierClass, Imports]:
    """The class of the functions of each module."""
    flat = [function for each in functions.values() for function in each]
    connection, needed = _connection(types, flat)
    base, base_import = types.public.imported("typing", "Protocol")
    taken = Taken({*types.public.names, *types.classes.all(), CLASS_NAME, PROTOCOL_NAME})
    protocols = tuple(
        ProtocolClass(
            taken.claim(identifier(f"{pascal_case(module)}Protocol", "Queries")),
            module,
            tuple(replace(_method(function), body=()) for function in each),
        )
        for module, each in functions.items()
    )
    querier = QuerierClass(
        CLASS_NAME,
        PROTOCOL_NAME,
        ", ".join([*(each.name for each in protocols), base]),
        base,
        connection,
        tuple(map(_method, flat)),
        protocols,
    )
    return querier, frozenset({base_import, needed})


def _connection(types: TypeMap, functions: Sequence[Function]) -> tuple[str, Import]:
    """The protocol that meets what every function asks of its connection."""
    asked = {function.first[0].annotation for function in functions}
    for module, name in (
        (modules.COPY_TEXT, "TextCopyConnection"),
        (modules.BULK, "BulkConnection"),
    ):
        local, needed = types.public.imported(module, name)
        if local in asked:
            return local, needed
    return types.public.imported(modules.DRIVER, "Connection")


def _method(function: Function) -> Function:
    """The function with the class's connection. A generator is passed on as it is."""
    generator = any("yield " in line.start for line in function.body)
    call = Group(f"{function.name}(", ("self._conn", *_passed(function)), ")")
    if not generator:
        call = replace(call, head=f"await {call.head}")
    return replace(
        function,
        first=(Parameter("self", ""), *function.first[1:]),
        body=(Line(call, "return "),),
        is_async=not generator,
    )


def _passed(function: Function) -> Iterator[Code]:
    yield from (parameter.name for parameter in function.first[1:])
    yield from (f"{parameter.name}={parameter.name}" for parameter in function.keyword)

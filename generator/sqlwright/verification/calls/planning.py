"""Which functions a package has, for which queries, and what their parameters hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlwright.analysis.facts import Parameter, QueryFacts
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.codegen.functions import SORT
from sqlwright.codegen.model import Package, QueryCode
from sqlwright.codegen.names import snake_case
from sqlwright.codegen.options import PackageOptions
from sqlwright.codegen.plan import plan_package, unsupported_types
from sqlwright.codegen.positions import AFTER
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.patterns import pattern
from sqlwright.render.python import render_package
from sqlwright.render.support_files import OutputFile
from sqlwright.verification.calls.messages import Given, PackageFunction
from sqlwright.verification.calls.shapes import Shapes
from sqlwright.verification.quoting import identifier, qualified
from sqlwright.verification.values import ValuePool
from sqlwright.verification.variants import CHANGING

_CONSTANT = pattern(r"'(?:[^']|'')*'|(\$\w*\$).*?\1|--[^\n]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PackageToCall:
    """A package as it would be written: what it is made of, and its files by their paths. Of what
    it is made, `queries` that are refused are left out. `conversions` are the names of functions of
    the user's own that its configuration names. `json_as_text` is how its json looks."""

    package: Package
    queries: tuple[QueryFacts, ...]
    files: tuple[OutputFile, ...]
    conversions: tuple[str, ...] = ()
    json_as_text: bool = False


def package_to_call(
    catalog: Catalog, queries: Sequence[QueryFacts], options: PackageOptions
) -> tuple[PackageToCall | None, list[Diagnostic]]:
    """The package that `generate` would write if it kept going, and what it would report."""
    options = replace(options, runtime=None)  # it is called in a folder of its own
    found = unsupported_types(catalog, queries, options)
    refused = {item.query for item in found}
    kept = tuple(facts for facts in queries if facts.name not in refused)
    try:
        package = plan_package(catalog, kept, options)
        files = render_package(package)
    except DiagnosticError as error:
        return None, [*found, error.diagnostic]
    dotted = [name for item in options.overrides for name in (item.to_db, item.from_db) if name]
    conversions = tuple(name.rpartition(".")[2] for name in dotted)
    as_text = options.json.form == "text"
    return PackageToCall(package, kept, files, conversions, as_text), found


async def callables(
    catalog: Catalog, pool: ValuePool, made: PackageToCall
) -> tuple[PackageFunction, ...]:
    """Every function of the package."""
    shapes = Shapes(catalog, pool)
    as_text = made.json_as_text
    return tuple([await _callable(catalog, shapes, as_text, *item) for item in _functions(made)])


def _functions(made: PackageToCall) -> Iterator[tuple[str, QueryCode, QueryFacts]]:
    """The code of each query with its module and its facts: queries keep their order in it."""
    for module in made.package.queries:
        of_it = [item for item in made.queries if item.span.source.path in module.sources]
        for code, facts in zip(module.queries, of_it, strict=True):
            yield module.name, code, facts


async def _callable(
    catalog: Catalog, shapes: Shapes, as_text: bool, module: str, code: QueryCode, facts: QueryFacts
) -> PackageFunction:
    given = []
    fields = facts.input_rows.numbers if facts.input_rows is not None else ()
    for name, parameter in zip(_names(code, facts), facts.parameters, strict=True):
        shape = await shapes.of(parameter.type)
        may_be = parameter.element_nullable if shape.kind == "array" else parameter.nullable
        of_row = parameter.position in fields
        shape = shape.inner[0] if of_row else shape
        given.append(Given(name, shape, _column(catalog, parameter), not may_be, of_row))
    place = [await shapes.of(item.parameter.type) for item in facts.position]
    return PackageFunction(
        facts.name,
        module,
        code.function.name,
        facts.command,
        facts.writes,
        tuple(_literals_over_lines(facts.sql)),
        _meets_codecs(catalog, facts, as_text),
        tuple(given),
        SORT if code.sort is not None else "",
        AFTER if code.position is not None else "",
        tuple(place),
        not CHANGING.search(facts.sql),
    )


def _meets_codecs(catalog: Catalog, facts: QueryFacts, as_text: bool) -> bool:
    """Whether json travels, and by no way on which a codec of the connection shows: COPY can only
    send through it, and what is left as text is what the codec has made of it."""
    read = any(_holds_json(catalog, item.type) for item in facts.columns)
    sent = any(_holds_json(catalog, item.type) for item in facts.parameters)
    return (read or sent) and facts.command != "copyfrom" and not (read and as_text)


def _names(code: QueryCode, facts: QueryFacts) -> Sequence[str]:
    """What the parameters are called in Python: keywords, or the fields of one class."""
    parameters = facts.parameters
    keywords = [item.name for item in code.function.keyword]
    spelt = [snake_case(item.written or item.name) for item in parameters]
    if facts.input_rows is not None:
        numbers = facts.input_rows.numbers
        columns = iter(
            [item.name for item in code.classes[0].fields]
            if facts.params_class is None
            else [spelt[at] for at, each in enumerate(parameters) if each.position in numbers]
        )
        others = iter(keywords)
        return [next(columns if item.position in numbers else others) for item in parameters]
    if facts.params_class is not None:
        return spelt
    # Behind the keywords of parameters are those of an order, a page or the size of a batch; where
    # there is an object of a class, whose fields the parameters are, no others.
    in_object = len(code.function.first) > 1 and code.classes
    names = [item.name for item in code.classes[0].fields] if in_object else keywords
    return names[: len(parameters)] if len(names) >= len(parameters) else spelt


def _column(catalog: Catalog, parameter: Parameter) -> tuple[str, str] | None:
    """The column whose values the parameter's are like, if reading it is sure to work."""
    relation = catalog.get_relation(parameter.column[0]) if parameter.column else None
    if relation is None or parameter.column is None:
        return None
    wanted = catalog.type(catalog.base_type(parameter.type))
    for column in relation.columns:
        item = catalog.type(catalog.base_type(column.type))
        alike = item.oid in (wanted.oid, wanted.element) and item.kind in ("base", "enum")
        if column.name == parameter.column[1] and alike and not item.is_array:
            return qualified(relation), identifier(column.name)
    return None


def _literals_over_lines(sql: str) -> Iterator[str]:
    """String constants that hold a carriage return, which is a part of their value."""
    for match in _CONSTANT.finditer(sql):
        if "\r" in match[0]:
            yield match[0]


def _holds_json(catalog: Catalog, oid: int, deep: int = 0) -> bool:
    item = catalog.type(catalog.base_type(oid))
    if item.is_array and item.element:
        return _holds_json(catalog, item.element, deep)
    if item.kind == "composite" and item.relation and deep < 3:
        columns = catalog.relation(item.relation).columns
        return any(_holds_json(catalog, column.type, deep + 1) for column in columns)
    return item.oid in (oids.JSON, oids.JSONB)

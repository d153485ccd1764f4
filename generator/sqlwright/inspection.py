"""What was inferred, laid out for `inspect`: a table for people, plain data for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from sqlwright.analysis.facts import Parameter, QueryFacts, ResultColumn
from sqlwright.analysis.variant_texts import Variant, VariantTexts
from sqlwright.catalog.catalog import Catalog
from sqlwright.codegen.options import PackageOptions
from sqlwright.codegen.types.annotations import column_type, parameter_type
from sqlwright.codegen.types.python_type import PythonType
from sqlwright.dataclass import replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.project.outcomes import ColumnJson, Inspected, ParameterJson, QueryJson, VariantJson

UNSUPPORTED = "UNSUPPORTED"


def inspect(
    catalog: Catalog,
    queries: Sequence[QueryFacts],
    diagnostics: Sequence[Diagnostic],
    options: PackageOptions,
) -> Inspected:
    """Lay out each query. A type without a Python form is shown as `UNSUPPORTED`, with a warning:
    what PostgreSQL says of the query is known, only a function cannot be generated from it."""
    problems = list(diagnostics)
    shown = [_query(catalog, facts, options, problems) for facts in queries]
    return Inspected(shown, "".join(_text(query) for query in shown), tuple(problems))


def _query(
    catalog: Catalog, facts: QueryFacts, options: PackageOptions, problems: list[Diagnostic]
) -> QueryJson:
    span = facts.span

    def python(of: Callable[[], PythonType]) -> str:
        try:
            return of().annotation
        except DiagnosticError as error:
            problems.append(replace(error.diagnostic, severity="warning", query=facts.name))
            return UNSUPPORTED

    shown = QueryJson(
        name=facts.name,
        command=facts.command,
        file=span.source.path,
        line=span.source.position(span.start)[0],
        sql=facts.sql,
        rows=facts.rows,
        parameters=[
            _parameter(
                catalog, item, python(partial(parameter_type, catalog, item, options, facts))
            )
            for item in facts.parameters
        ],
        columns=[
            _column(
                catalog, facts, item, python(partial(column_type, catalog, item, options, facts))
            )
            for item in facts.columns
        ],
    )
    if facts.variants is not None:
        shown["variants"] = [_variant(facts.variants, each) for each in facts.variants.all()]
    return shown


def _variant(variants: VariantTexts, variant: Variant) -> VariantJson:
    return VariantJson(
        optional=variants.names(variant),
        sort=variant.sort or None,
        sql=variant.sql,
        parameters=list(variant.parameters),
    )


def _parameter(catalog: Catalog, item: Parameter, python: str) -> ParameterJson:
    return ParameterJson(
        name=item.name,
        position=item.position,
        type=catalog.contract_type(item.type),
        nullable=item.nullable,
        elements_nullable=item.element_nullable,
        python=f"{python} | Unset" if item.absent == "unset" else python,
    )


def _column(catalog: Catalog, facts: QueryFacts, item: ResultColumn, python: str) -> ColumnJson:
    relation = catalog.relation(item.relation) if item.relation else None
    return ColumnJson(
        name=item.name,
        type=catalog.contract_type(item.type),
        nullable=item.nullable,
        elements_nullable=item.element_nullable,
        python=python,
        relation=f"{relation.schema}.{relation.name}" if relation else None,
        embed=None if item.embed is None else facts.embeds[item.embed].name,
    )


def _text(query: QueryJson) -> str:
    """A heading, then one aligned row per parameter and per column, and an empty line."""
    rows = [
        *(_row(f"${p['position']}", p["name"], p) for p in query["parameters"]),
        *(_row("->", c["name"], c) for c in query["columns"]),
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    heading = f"{query['name']} :{query['command']}  {query['file']}:{query['line']}"
    lines = [f"{heading}  rows: {query['rows']}", *_aligned(rows, widths), ""]
    return "\n".join(lines) + "\n"


def _row(mark: str, name: str, item: ParameterJson | ColumnJson) -> tuple[str, ...]:
    return mark, name, item["type"], "NULL" if item["nullable"] else "NOT NULL", item["python"]


def _aligned(rows: Sequence[tuple[str, ...]], widths: Sequence[int]) -> Iterator[str]:
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield ("  " + "  ".join(cells)).rstrip()

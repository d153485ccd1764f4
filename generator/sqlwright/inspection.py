"""What was inferred, laid out for `inspect`: a table for people, plain data for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from sqlwright.analysis.facts import Parameter, QueryFacts, RecordField, ResultColumn
from sqlwright.analysis.variant_texts import Variant, VariantTexts
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.codegen.exceptions import Declared, Exceptions
from sqlwright.codegen.naming import query_names
from sqlwright.codegen.options import PackageOptions
from sqlwright.codegen.types.annotations import column_type, field_type, parameter_type
from sqlwright.codegen.types.carriage import is_anonymous
from sqlwright.codegen.types.python_type import PythonType
from sqlwright.codegen.types.records import RecordNames
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.project.inspected_json import (
    ColumnJson,
    ParameterJson,
    QueryJson,
    VariantJson,
    ViolationJson,
)
from sqlwright.project.outcomes import Inspected

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
    names = query_names(catalog, queries, options)
    exceptions = Exceptions(catalog, options) if options.exceptions else None
    shown = [
        _Layout(catalog, facts, options, problems, exceptions).query(
            names[facts.name].result.records
        )
        for facts in queries
    ]
    return Inspected(shown, [_text(query) for query in shown], tuple(problems))


@dataclass(frozen=True, slots=True)
class _Layout:
    """Lays out one query; `problems` are added to."""

    catalog: Catalog
    facts: QueryFacts
    options: PackageOptions
    problems: list[Diagnostic]
    exceptions: Exceptions | None

    def query(self, names: Sequence[RecordNames | None]) -> QueryJson:
        facts, span = self.facts, self.facts.span
        shown = QueryJson(
            name=facts.name,
            command=facts.command,
            file=span.source.path,
            line=span.source.position(span.start)[0],
            sql=facts.sql,
            rows=facts.rows,
            parameters=[self.parameter(item) for item in facts.parameters],
            columns=[self.column(*each) for each in zip(facts.columns, names, strict=True)],
        )
        if facts.position:
            shown["position"] = [self.parameter(each.parameter) for each in facts.position]
        if facts.variants is not None:
            shown["variants"] = [_variant(facts.variants, each) for each in facts.variants.all()]
        if self.exceptions is not None:
            shown["raises"] = [
                _violation(self.exceptions.of(item))
                for item in facts.violable or ()
                if not item.deferred
            ]
        return shown

    def python(self, of: Callable[[], PythonType]) -> str:
        try:
            return of().annotation
        except DiagnosticError as error:
            found = replace(error.diagnostic, severity="warning", query=self.facts.name)
            self.problems.append(found)
            return UNSUPPORTED

    def parameter(self, item: Parameter) -> ParameterJson:
        of = partial(parameter_type, self.catalog, item, self.options, self.facts)
        python = self.python(of)
        return ParameterJson(
            name=item.name,
            position=item.position,
            type=self.catalog.contract_type(item.type),
            nullable=item.nullable,
            elements_nullable=item.element_nullable,
            python=f"{python} | Unset" if item.absent == "unset" else python,
        )

    def column(self, item: ResultColumn, names: RecordNames | None) -> ColumnJson:
        of = partial(column_type, self.catalog, item, self.options, self.facts, names)
        embed = None if item.embed is None else self.facts.embeds[item.embed].name
        return self._shown(item, item.name, embed, self.python(of), names)

    def _shown(
        self,
        item: ResultColumn | RecordField,
        name: str,
        embed: str | None,
        python: str,
        names: RecordNames | None,
    ) -> ColumnJson:
        relation = self.catalog.relation(item.relation) if item.relation else None
        shown = ColumnJson(
            name=name,
            type=self.catalog.contract_type(item.type or oids.UNKNOWN),
            nullable=item.nullable,
            elements_nullable=item.element_nullable,
            python=python,
            relation=f"{relation.schema}.{relation.name}" if relation else None,
            embed=embed,
        )
        if item.fields is not None and (names is not None or not is_anonymous(item)):
            of = names.inner if names is not None else (None,) * len(item.fields)
            inner = zip(item.fields, of, strict=True)
            shown["fields"] = [self._field(at, *each) for at, each in enumerate(inner, 1)]
        return shown

    def _field(self, at: int, item: RecordField, names: RecordNames | None) -> ColumnJson:
        """A field without a name has the one that PostgreSQL would give it."""
        of = partial(field_type, self.catalog, item, self.options, names)
        return self._shown(item, item.name or f"f{at}", None, self.python(of), names)


def _violation(found: Declared) -> ViolationJson:
    of = f"{found.of.schema}.{found.of.name}"
    return {
        "table": None if found.domain else of,
        "domain": of if found.domain else None,
        "constraint": found.constraint.name,
        "kind": found.constraint.kind,
        "columns": list(found.constraint.columns),
        "class": found.name,
    }


def _variant(variants: VariantTexts, variant: Variant) -> VariantJson:
    return VariantJson(
        optional=variants.names(variant),
        sort=variant.sort or None,
        sql=variant.sql,
        parameters=list(variant.parameters),
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

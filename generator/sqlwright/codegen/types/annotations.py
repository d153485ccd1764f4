"""The annotations of single columns and parameters, for those who show them."""

from __future__ import annotations

from sqlwright.analysis.facts import Parameter, QueryFacts, RecordField, ResultColumn
from sqlwright.catalog.catalog import Catalog
from sqlwright.codegen.options import PackageOptions
from sqlwright.codegen.types.python_type import PythonType
from sqlwright.codegen.types.records import RecordNames
from sqlwright.codegen.types.type_map import TypeMap, type_map


def column_type(
    catalog: Catalog,
    column: ResultColumn,
    options: PackageOptions,
    query: QueryFacts | None = None,
    names: RecordNames | None = None,
) -> PythonType:
    """The annotation of a result column; `names` are those of the anonymous rows in it. Raises
    DiagnosticError as `TypeMap.codec`."""
    return _types(catalog, options).of_column(column, query, names).result


def field_type(
    catalog: Catalog, field: RecordField, options: PackageOptions, names: RecordNames | None = None
) -> PythonType:
    """The annotation of a field of anonymous rows. Raises DiagnosticError as `TypeMap.codec`."""
    return _types(catalog, options).of_field_of_rows(field, names).result


def parameter_type(
    catalog: Catalog, parameter: Parameter, options: PackageOptions, query: QueryFacts | None = None
) -> PythonType:
    """The annotation of a parameter. Raises DiagnosticError as `TypeMap.codec`."""
    return _types(catalog, options).of_parameter(parameter, query).parameter


def _types(catalog: Catalog, options: PackageOptions) -> TypeMap:
    return catalog.memo.once(("types", options), lambda: type_map(catalog, options))

"""The annotations of single columns and parameters, for those who show them."""

from __future__ import annotations

from functools import lru_cache

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
    return _types(_Same(catalog), options).of_column(column, query, names).result


def field_type(
    catalog: Catalog, field: RecordField, options: PackageOptions, names: RecordNames | None = None
) -> PythonType:
    """The annotation of a field of anonymous rows. Raises DiagnosticError as `TypeMap.codec`."""
    return _types(_Same(catalog), options).of_field_of_rows(field, names).result


def parameter_type(
    catalog: Catalog, parameter: Parameter, options: PackageOptions, query: QueryFacts | None = None
) -> PythonType:
    """The annotation of a parameter. Raises DiagnosticError as `TypeMap.codec`."""
    return _types(_Same(catalog), options).of_parameter(parameter, query).parameter


class _Same:
    """A catalog as a key: the same object, without comparing what is in it."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.catalog is self.catalog

    def __hash__(self) -> int:
        return id(self.catalog)


@lru_cache(maxsize=2)
def _types(same: _Same, options: PackageOptions) -> TypeMap:
    return type_map(same.catalog, options)

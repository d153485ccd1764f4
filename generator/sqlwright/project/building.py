"""From the schema files of a package to its catalog."""

from __future__ import annotations

from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.config import PackageConfig
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile


def build(
    package: PackageConfig, sources: tuple[SourceFile, ...]
) -> tuple[Catalog, tuple[Diagnostic, ...]]:
    """The catalog that the schema files make, statement by statement, and their reports."""
    diagnostics: list[Diagnostic] = []
    initial = initial_catalog(package.postgresql)
    catalog = build_catalog(initial, sources, analyser, diagnostics, package.schema_order)
    return catalog, tuple(diagnostics)

"""An operator that does not exist where it is looked for: in another schema, or of an extension."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlwright.analysis.resolution.overloads import Candidate, func_match_argtypes
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.facts.extensions import extension_file, known_extensions
from sqlwright.catalog.facts.sections import OPERATORS
from sqlwright.catalog.similar_names import from_extension, outside_path
from sqlwright.sql.lexing.keywords import quote_identifier


def operator_elsewhere(
    catalog: Catalog, names: tuple[str, ...], inputs: Sequence[int]
) -> str | None:
    """How to come by an operator of that name which takes such operands."""
    if len(names) > 1 or len(inputs) != 2 or all(each == oids.UNKNOWN for each in inputs):
        return None
    candidates = [
        Candidate((each.left, each.right), each)
        for schema in catalog.schema_names()
        for each in catalog.operators_named((schema, names[0]))
        if each.left
    ]
    for found in func_match_argtypes(catalog, inputs, candidates):
        return outside_path(
            catalog,
            found.item.schema,
            f"OPERATOR({quote_identifier(found.item.schema)}.{names[0]})",
        )
    for extension in func_match_argtypes(catalog, inputs, _of_extensions(names[0])):
        return from_extension(names[0], extension.item)
    return None


@cache
def _of_extensions(name: str) -> tuple[Candidate[str], ...]:
    """The extensions that have an operator of that name for two operands of PostgreSQL's own
    types; operands of an extension's own types are not there without it."""
    found: list[Candidate[str]] = []
    for extension in known_extensions():
        file = extension_file(extension)
        for line in file.lines.get(OPERATORS.name, ()) if file is not None else ():
            _, _, operator, left, right, *_ = line.split("\t")
            if operator == name and left.isdigit() and right.isdigit():
                found.append(Candidate((int(left), int(right)), extension))
    return tuple(found)

"""From a type as written to a type of the catalog (manual 8, 4.2.9)."""

from __future__ import annotations

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Relation, Type
from sqlwright.catalog.qualified_names import misqualified
from sqlwright.catalog.similar_names import (
    Advice,
    missing_schema,
    similar_column,
    similar_relation,
    similar_schema,
    similar_type,
)
from sqlwright.catalog.types.modifiers import TypeModifierError, type_modifier
from sqlwright.diagnostics import Code, Diagnostic, DiagnosticError, Label
from sqlwright.source import SourceFile, Span
from sqlwright.sql import nodes


def typename_type_id_and_mod(
    catalog: Catalog, source: SourceFile, type_name: nodes.TypeName, *, allow_shell: bool = False
) -> tuple[int, int]:
    """The OID and modifier of a type as written.

    Raises DiagnosticError: 42704 where there is no such type or only a shell of it, 3F000 where
    its schema does not exist, 42601 or 22023 for modifiers it does not take.
    """
    if type_name.percent_type:
        return _type_of_column(catalog, source, type_name)
    found = look_up_type(catalog, source, type_name)
    if found is None:
        raise _refusal(
            "unknown-type",
            f'type "{type_name_text(type_name)}" does not exist',
            source,
            type_name,
            "42704",
            similar_type(catalog, type_name.names) or _no_type(source, type_name),
            catalog.failure("type", type_name.names[-1])
            or catalog.failure("relation", type_name.names[-1]),
        )
    if not found.defined and not allow_shell:
        raise _refusal(
            "unknown-type",
            f'type "{type_name_text(type_name)}" is only a shell',
            source,
            type_name,
            "42704",
        )
    return found.oid, _modifier(catalog, source, found, type_name)


def look_up_type(catalog: Catalog, source: SourceFile, type_name: nodes.TypeName) -> Type | None:
    """The type as written, None if there is none; an unknown schema is refused."""
    names = type_name.names
    if (wrong := misqualified(names)) is not None:
        code, message, sqlstate = wrong
        raise _refusal(code, message, source, type_name, sqlstate)
    _check_schema(catalog, source, type_name, names)
    found = catalog.find_type(names)
    if found is not None and type_name.array_bounds:
        found = catalog.get_type(found.array) if found.array else None
    return found


def _check_schema(
    catalog: Catalog, source: SourceFile, type_name: nodes.TypeName, names: nodes.QualifiedName
) -> None:
    """Refuse a qualified name whose schema does not exist."""
    if len(names) > 1 and not catalog.has_schema(names[-2]):
        raise _refusal(
            "unknown-schema",
            f'schema "{names[-2]}" does not exist',
            source,
            type_name,
            "3F000",
            similar_schema(catalog, names[-2])
            or _no_type(source, type_name)
            or missing_schema(catalog, names),
            catalog.failure("schema", names[-2]),
        )


def row_type_relation(catalog: Catalog, source: SourceFile, type_name: nodes.TypeName) -> Relation:
    """The relation of `relation%ROWTYPE`."""
    _check_schema(catalog, source, type_name, type_name.names)
    return _relation_of(catalog, source, type_name, type_name.names)


def _no_type(source: SourceFile, type_name: nodes.TypeName) -> Advice:
    """A name before a text is a type to PostgreSQL, where a column may have been meant."""
    following = source.text[type_name.end : type_name.end + 40].lstrip()
    if not following.startswith("'"):
        return Advice()
    return Advice(f"an operator or a comma may be missing after {'.'.join(type_name.names)}")


def type_name_text(type_name: nodes.TypeName) -> str:
    """A type as PostgreSQL's messages repeat it: no quotes, `[]` for an array."""
    text = ".".join(type_name.names)
    if type_name.percent_type:
        text += "%TYPE"
    return text + ("[]" if type_name.array_bounds else "")


def _type_of_column(
    catalog: Catalog, source: SourceFile, type_name: nodes.TypeName
) -> tuple[int, int]:
    """`relation.column%TYPE`: the column's type as it is now."""
    *relation_names, column_name = type_name.names
    if not relation_names:
        raise _refusal(
            "improper-name",
            f"improper %TYPE reference (too few dotted names): {column_name}",
            source,
            type_name,
            "42601",
        )
    _check_schema(catalog, source, type_name, tuple(relation_names))
    relation = _relation_of(catalog, source, type_name, tuple(relation_names))
    for column in relation.columns:
        if column.name == column_name:
            return column.type, column.modifier
    raise _refusal(
        "unknown-column",
        f'column "{column_name}" of relation "{relation.name}" does not exist',
        source,
        type_name,
        "42703",
        similar_column(relation, column_name),
        catalog.failure("column", relation.name, column_name),
    )


def _relation_of(
    catalog: Catalog, source: SourceFile, type_name: nodes.TypeName, names: nodes.QualifiedName
) -> Relation:
    relation = catalog.find_relation(names)
    if relation is None:
        raise _refusal(
            "unknown-relation",
            f'relation "{".".join(names)}" does not exist',
            source,
            type_name,
            "42P01",
            similar_relation(catalog, names),
            catalog.failure("relation", names[-1]),
        )
    return relation


def _modifier(catalog: Catalog, source: SourceFile, found: Type, type_name: nodes.TypeName) -> int:
    if not type_name.modifiers and type_name.interval_fields is None:
        return -1
    element = catalog.get_type(found.element) if found.is_array else found
    try:
        return type_modifier(element or found, type_name)
    except TypeModifierError as error:
        raise _refusal(error.code, error.message, source, type_name, error.sqlstate) from None


def _refusal(
    code: Code,
    message: str,
    source: SourceFile,
    where: nodes.Node,
    sqlstate: str,
    advice: Advice = Advice(),  # noqa: B008  # a frozen value
    cause: Span | None = None,
) -> DiagnosticError:
    labels = (Label(Span(source, where.start, where.end)), *advice.labels)
    return DiagnosticError(
        Diagnostic(code, "error", message, labels, help=advice.help, sqlstate=sqlstate, cause=cause)
    )

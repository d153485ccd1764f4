"""What the driver can do with the values of a query: what is refused, what a connection has to be
asked first, and which COPY sends text."""

from __future__ import annotations

from sqlwright.analysis.facts import Parameter, QueryFacts, ResultColumn
from sqlwright.catalog.model import Type
from sqlwright.codegen.options import Override
from sqlwright.codegen.types.carriage import Carriage, Obstacle, is_anonymous
from sqlwright.codegen.types.carriers import Way
from sqlwright.codegen.types.codec import Codec, one_after_other
from sqlwright.codegen.types.copied_text import text_writer
from sqlwright.codegen.types.refusals import not_carried
from sqlwright.codegen.types.type_codecs import TypeCodecs
from sqlwright.codegen.types.type_overrides import Place, override_at
from sqlwright.dataclass import replace
from sqlwright.diagnostics import DiagnosticError


def carriage(types: TypeCodecs) -> Carriage:
    """What travels, with codecs of the user's own for the types that a rule says so of."""

    def has_own_codec(item: Type) -> bool:
        return any(rule is not None and _promises_codec(rule) for rule in types.rules_of(item))

    return Carriage(types.catalog, has_own_codec)


def types_to_know(types: TypeCodecs, query: QueryFacts) -> tuple[str, ...]:
    """The types, as SQL names them, that a connection has to know to read the query's rows: of
    fields of anonymous rows it asks no one."""
    found = {
        oid
        for column in query.columns
        if is_anonymous(column) and column.json is None
        for oid in carriage(types).to_be_known(column.fields or ())
    }
    return tuple(sorted(types.catalog.display_type(oid) for oid in found))


def check_read(types: TypeCodecs, column: ResultColumn, place: Place) -> None:
    """Raises DiagnosticError `not-carried` for a column that asyncpg cannot read."""
    if _has_codec_at(types, place):
        return
    if column.fields is not None and is_anonymous(column):
        found = carriage(types).obstacle_in_record(column.fields)
    else:
        found = obstacle(types, column.declared_type, "read")
    if found is not None:
        raise DiagnosticError(not_carried(types.catalog, column, "read", found))


def check_sent(
    types: TypeCodecs, parameter: Parameter, query: QueryFacts | None, place: Place
) -> None:
    """Raises DiagnosticError `not-carried` for a parameter that asyncpg cannot send or copy."""
    if _has_codec_at(types, place):
        return
    way: Way = "copy" if query and query.command == "copyfrom" else "send"
    found = obstacle(types, parameter.type, way)
    if found is None or (query and way == "copy" and copies_text(types, query)):
        return
    raise DiagnosticError(not_carried(types.catalog, parameter, way, found))


def copies_text(types: TypeCodecs, query: QueryFacts) -> bool:
    """Whether a `:copyfrom` sends the text of its values: there are columns of which asyncpg
    has no binary form, and of every column the text is known."""
    return any(obstacle(types, item.type, "copy") for item in query.parameters) and all(
        text_writer(types.catalog, item.type, types.public) for item in query.parameters
    )


def written(types: TypeCodecs, codec: Codec, parameter: Parameter) -> Codec:
    """A parameter whose text is sent instead of its value."""
    writer = text_writer(types.catalog, parameter.type, types.public)
    made = one_after_other(codec.encode, writer)
    if made is not None and codec.encode is not None:
        made = replace(made, takes_none=codec.encode.takes_none)
    return replace(codec, encode=made, sent_as="", nullable_form=None)


def obstacle(types: TypeCodecs, oid: int, way: Way) -> Obstacle | None:
    """Why the driver cannot carry values of a type, None if it can."""
    return types.once(("obstacle", oid, way), lambda: carriage(types).obstacle(oid, way))


def _has_codec_at(types: TypeCodecs, place: Place) -> bool:
    rule = override_at(types.catalog, types.options, place)
    return rule is not None and _promises_codec(rule)


def _promises_codec(rule: Override) -> bool:
    """Whether a rule means that connections have a codec for the type: it names a class that
    asyncpg does not make of a value by itself, and no function that would."""
    return rule.python != "str" and not rule.from_db and not rule.to_db

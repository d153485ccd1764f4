"""The lines of the data files as model values; the fields are those of `extraction`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from sqlwright.catalog.model import (
    Aggregate,
    ArgumentMode,
    Cast,
    CastContext,
    CastMethod,
    Column,
    Constraint,
    Function,
    FunctionKind,
    NamedThing,
    NameKind,
    Operator,
    Relation,
    RelationKind,
    Type,
    TypeKind,
)
from sqlwright.catalog.operator_families import (
    OperatorClass,
    OperatorClassMember,
    OperatorFamily,
    SupportFunction,
)

Fields = Sequence[str]

_TYPE_KINDS: dict[str, TypeKind] = {
    "b": "base",
    "c": "composite",
    "d": "domain",
    "e": "enum",
    "p": "pseudo",
    "r": "range",
    "m": "multirange",
}
_RELATION_KINDS: dict[str, RelationKind] = {
    "r": "table",
    "p": "partitioned table",
    "v": "view",
    "m": "materialized view",
    "f": "foreign table",
    "S": "sequence",
    "c": "composite type",
}
_FUNCTION_KINDS: dict[str, FunctionKind] = {
    "f": "function",
    "p": "procedure",
    "a": "aggregate",
    "w": "window",
}
_VOLATILITIES: dict[str, Literal["immutable", "stable", "volatile"]] = {
    "i": "immutable",
    "s": "stable",
    "v": "volatile",
}
_MODES: dict[str, ArgumentMode] = {
    "i": "in",
    "o": "out",
    "b": "inout",
    "v": "variadic",
    "t": "table",
}
_CONTEXTS: dict[str, CastContext] = {"i": "implicit", "a": "assignment", "e": "explicit"}
_METHODS: dict[str, CastMethod] = {"f": "function", "b": "binary", "i": "inout"}
_AGGREGATE_KINDS: dict[str, Literal["normal", "ordered set", "hypothetical set"]] = {
    "n": "normal",
    "o": "ordered set",
    "h": "hypothetical set",
}
_CONSTRAINT_KINDS: dict[str, Literal["primary key", "unique"]] = {"p": "primary key", "u": "unique"}


def split(line: str, width: int) -> list[str]:
    """The fields of a line; those left out at its end are empty."""
    fields = line.split("\t")
    if len(fields) < width:
        fields.extend([""] * (width - len(fields)))
    if "\\" in line:
        return [_unescaped(each) for each in fields]
    return fields


def _unescaped(text: str) -> str:
    parts = text.split("\\\\")
    return "\\".join(part.replace("\\t", "\t").replace("\\n", "\n") for part in parts)


def _number(text: str, default: int = 0) -> int:
    return int(text) if text else default


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(","))) if text else ()


def type_of(fields: Fields, home: str) -> Type:
    """A line of `types`; an empty schema means `home`."""
    flags = fields[5]
    return Type(
        oid=int(fields[0]),
        schema=fields[1] or home,
        name=fields[2],
        kind=_TYPE_KINDS[fields[3]],
        category=fields[4],
        preferred="p" in flags,
        is_array="a" in flags,
        subscriptable="s" in flags,
        not_null="n" in flags,
        collatable="c" in flags,
        takes_modifier="m" in flags,
        defined="u" not in flags,
        delimiter=fields[6] or ",",
        element=_number(fields[7]),
        array=_number(fields[8]),
        base=_number(fields[9]),
        base_modifier=_number(fields[10], -1),
        domain_dimensions=_number(fields[11]),
        relation=_number(fields[12]),
        subtype=_number(fields[13]),
        range=_number(fields[14]),
        multirange=_number(fields[15]),
        labels=_labels(fields[16]) if fields[16] else (),
    )


def _labels(text: str) -> tuple[str, ...]:
    import json  # which only few built-in types need

    return tuple(json.loads(text))


def column_of(fields: Fields) -> Column:
    """A line of `columns`; its first field, the relation, is left to the caller."""
    flags = fields[5]
    return Column(
        name=fields[2],
        type=int(fields[3]),
        number=int(fields[1]),
        modifier=_number(fields[4], -1),
        not_null="n" in flags,
        default=bool(flags.strip("n")),
        identity="always" if "a" in flags else "by default" if "b" in flags else None,
        generated="stored" if "s" in flags else "virtual" if "v" in flags else None,
    )


def constraint_of(fields: Fields) -> Constraint:
    """A line of `constraints`."""
    return Constraint(
        name=fields[1],
        kind=_CONSTRAINT_KINDS[fields[2]],
        columns=tuple(fields[3].split(",")),
        relation=int(fields[0]),
    )


def relation_of(
    fields: Fields, home: str, columns: Sequence[Fields], constraints: Sequence[Fields]
) -> Relation:
    """A line of `relations` with those of its columns and constraints."""
    return Relation(
        oid=int(fields[0]),
        schema=fields[1] or home,
        name=fields[2],
        kind=_RELATION_KINDS[fields[3]],
        columns=tuple(sorted(map(column_of, columns), key=lambda column: column.number)),
        row_type=_number(fields[4]),
        constraints=tuple(map(constraint_of, constraints)),
    )


def function_of(fields: Fields, home: str, aggregate: Fields | None) -> Function:
    """A line of `functions`, with the line of `aggregates` that belongs to it."""
    flags = fields[6]
    return Function(
        oid=int(fields[0]),
        schema=fields[1] or home,
        name=fields[2],
        kind=_FUNCTION_KINDS[fields[3]],
        result=_number(fields[4]),
        arguments=_numbers(fields[5]),
        strict="s" in flags,
        returns_set="r" in flags,
        volatility=_VOLATILITIES[fields[7]],
        variadic=_number(fields[8]),
        defaults=_number(fields[9]),
        modes=tuple(_MODES[each] for each in fields[10]),
        all_arguments=_numbers(fields[11]),
        names=tuple(fields[12].split(",")) if fields[12] else (),
        language=fields[13] or "internal",
        aggregate=None if aggregate is None else aggregate_of(aggregate),
    )


def aggregate_of(fields: Fields) -> Aggregate:
    """A line of `aggregates`."""
    flags = fields[3]
    return Aggregate(
        kind=_AGGREGATE_KINDS[fields[1]],
        direct_arguments=_number(fields[2]),
        has_initial_value="i" in flags,
        strict_transition="s" in flags,
        has_final_function="f" in flags,
    )


def operator_of(fields: Fields, home: str) -> Operator:
    """A line of `operators`."""
    flags = fields[7]
    return Operator(
        oid=int(fields[0]),
        schema=fields[1] or home,
        name=fields[2],
        left=_number(fields[3]),
        right=_number(fields[4]),
        result=_number(fields[5]),
        function=_number(fields[6]),
        mergeable="m" in flags,
        hashable="h" in flags,
        commutator=_number(fields[8]),
        negator=_number(fields[9]),
    )


def cast_of(fields: Fields) -> Cast:
    """A line of `casts`."""
    return Cast(
        source=int(fields[0]),
        target=int(fields[1]),
        context=_CONTEXTS[fields[2]],
        method=_METHODS[fields[3]],
        function=_number(fields[4]),
    )


def family_of(fields: Fields, home: str) -> OperatorFamily:
    """A line of `families`."""
    return OperatorFamily(int(fields[0]), fields[1] or home, fields[2], fields[3])


def class_of(fields: Fields, home: str) -> OperatorClass:
    """A line of `classes`."""
    return OperatorClass(
        oid=int(fields[0]),
        schema=fields[1] or home,
        name=fields[2],
        method=fields[3],
        family=int(fields[4]),
        type=int(fields[5]),
        default="d" in fields[6],
    )


def member_of(fields: Fields) -> OperatorClassMember:
    """A line of `family_operators`."""
    family, left, right, strategy, operator = map(int, fields[:5])
    return OperatorClassMember(
        family, left, right, strategy, operator, cast(Literal["btree", "hash"], fields[5])
    )


def support_of(fields: Fields) -> SupportFunction:
    """A line of `family_functions`."""
    family, left, right, number, function = map(int, fields[:5])
    return SupportFunction(
        family, left, right, number, function, cast(Literal["btree", "hash"], fields[5])
    )


def name_of(fields: Fields, home: str) -> NamedThing:
    """A line of `names`; only some kinds live in a schema."""
    kind = cast(NameKind, fields[0])
    return NamedThing(kind, (fields[1] or home) if kind in SCHEMA_KINDS else "", fields[2])


SCHEMA_KINDS: frozenset[NameKind] = frozenset(
    (
        "collation",
        "text search configuration",
        "text search dictionary",
        "text search parser",
        "text search template",
    )
)

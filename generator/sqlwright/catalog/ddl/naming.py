"""The names PostgreSQL makes up: for arrays, multiranges, sequences, indexes and constraints."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from sqlwright.catalog.catalog import Catalog

NAME_BYTES = 63
"""The longest identifier."""


def clip(name: str, limit: int = NAME_BYTES) -> str:
    """A name cut to a number of bytes, never inside a character."""
    return name.encode()[:limit].decode(errors="ignore")


def make_object_name(first: str, second: str | None, label: str | None) -> str:
    """`first_second_label`, with the longer of the first two shortened until all fit."""
    overhead = (len(label.encode()) + 1 if label else 0) + (0 if second is None else 1)
    available = NAME_BYTES - overhead
    sizes = [len(first.encode()), len((second or "").encode())]
    while sum(sizes) > available:
        sizes[0 if sizes[0] > sizes[1] else 1] -= 1
    parts = [clip(first, sizes[0])]
    if second is not None:
        parts.append(clip(second, sizes[1]))
    if label:
        parts.append(label)
    return "_".join(parts)


def _first_free(make: Callable[[str], str], label: str, taken: Callable[[str], bool]) -> str:
    name = make(label)
    attempt = 0
    while taken(name):
        attempt += 1
        name = make(f"{label}{attempt}")
    return name


def array_type_name(catalog: Catalog, schema: str, name: str) -> str:
    """The name of the array type over a type of that name: `_name`, else `_name_1` ..."""
    made = make_object_name("", name, None)
    attempt = 0
    while made == name or type_named(catalog, schema, made):
        attempt += 1
        made = make_object_name("", name, str(attempt))
    return made


def type_named(catalog: Catalog, schema: str, name: str) -> bool:
    """Whether a schema has a type of that name."""
    return catalog.find_type((schema, name)) is not None


def multirange_type_name(range_name: str) -> str:
    """`multi` before the first `range` of a range type's name, else the name and `_multirange`."""
    at = range_name.find("range")
    if at >= 0:
        return clip(f"{range_name[:at]}multi{range_name[at:]}")
    return clip(range_name, NAME_BYTES - len("_multirange")) + "_multirange"


def choose_relation_name(
    catalog: Catalog, first: str, second: str | None, label: str, schema: str, *, constraint: bool
) -> str:
    """A free name for a sequence or an index, free as a constraint's too if it is to be one."""

    def taken(name: str) -> bool:
        if catalog.find_relation((schema, name)) is not None:
            return True
        return constraint and constraint_named(catalog, schema, name)

    return _first_free(lambda each: make_object_name(first, second, each), label, taken)


def choose_constraint_name(
    catalog: Catalog,
    first: str,
    second: str | None,
    label: str,
    schema: str,
    others: Collection[str],
) -> str:
    """A name for a constraint that none in the schema has, nor any of `others`."""
    return _first_free(
        lambda each: make_object_name(first, second, each),
        label,
        lambda name: name in others or constraint_named(catalog, schema, name),
    )


def constraint_named(catalog: Catalog, schema: str, name: str) -> bool:
    """Whether any constraint of a schema's relations or domains has that name."""
    return bool(catalog.constraint_names.get((schema, name)))


def choose_index_name(
    catalog: Catalog,
    table: str,
    schema: str,
    columns: tuple[str, ...],
    kind: str,
) -> str:
    """The name of an unnamed index; `kind` is `pkey`, `key`, `excl` or `idx`."""
    second = None if kind == "pkey" else _joined(columns)
    return choose_relation_name(catalog, table, second, kind, schema, constraint=kind != "idx")


def _joined(columns: tuple[str, ...]) -> str:
    text = ""
    for column in columns:
        text = f"{text}_{column}" if text else column
        if len(text.encode()) >= NAME_BYTES + 1:
            break
    return clip(text)


def index_column_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names of an index's columns, made different by numbers at the end."""
    chosen: list[str] = []
    for name in names:
        candidate = name
        number = 0
        while candidate in chosen:
            number += 1
            suffix = str(number)
            candidate = clip(name, NAME_BYTES - len(suffix)) + suffix
        chosen.append(candidate)
    return tuple(chosen)

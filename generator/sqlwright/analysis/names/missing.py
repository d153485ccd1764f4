"""What a name that no FROM item offers may have meant: advice and places for the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis.names.columns import Where, entry_labels, expand_ns_item_vars
from sqlwright.analysis.state.expr_kinds import EXPR_KIND_NAMES
from sqlwright.catalog import oids
from sqlwright.catalog.similar_names import (
    Advice,
    columns_of,
    declared_here,
    foreign_function,
    written,
)
from sqlwright.diagnostics import Label
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.patterns import pattern
from sqlwright.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlwright.analysis.names.suggestions import ColumnMatches
    from sqlwright.analysis.state.parse_state import NamespaceItem, ParseState
    from sqlwright.analysis.tree import RangeTableEntry

_MOST_ITEMS = 4
_SIGNS = "+-*/<>=~!@#%^&|`?"
"""What operators consist of."""
_NEAR = 300
"""Characters before a name in which the beginning of its call is looked for."""


def _visible_items(state: ParseState) -> Iterator[NamespaceItem]:
    level: ParseState | None = state
    while level is not None:
        yield from (item for item in level.namespace if item.relation_visible)
        level = level.parent


# Qualifiers


def qualifier_place(state: ParseState, where: Where) -> Where:
    """The part of a qualified name that stands before its last dot."""
    if where is None:
        return None
    start, end = where if isinstance(where, tuple) else (where.start, where.end)
    text = state.source.text[start:end]
    if "(" in text:
        return (start, end)
    name, dot, _ = text.rpartition(".")
    return (start, start + len(name.rstrip())) if dot else (start, end)


def called_here(state: ParseState, entry: RangeTableEntry) -> tuple[Label, ...]:
    """A label at a FROM item that hides its relation's name behind an alias."""
    if entry.start < 0 or entry.alias is None:
        return ()
    place = Span(state.source, entry.start, entry.end)
    return (Label(place, f"{entry.name} is called {entry.alias} here"),)


def missing_alias(state: ParseState, names: tuple[str, ...]) -> Advice:
    """For a qualifier that no FROM item carries: one spelt like it, or what has to join FROM."""
    items = {item.name: item for item in _visible_items(state)}
    near = nearest(names[-1], items)
    if near:
        found = items[near[0]]
        return Advice(
            did_you_mean([written((near[0],))]), entry_labels(state, [found], "{} is here")
        )
    hidden = {item.entry.name: item for item in items.values() if item.entry.alias}
    near = nearest(names[-1], hidden)
    if near:
        found = hidden[near[0]]
        return Advice(did_you_mean([written((found.name,))]), called_here(state, found.entry))
    inside = [item for item in items.values() if names[:-1] in ((), (item.name,))]
    if (field := _field_of(inside, names[-1], state)) is not None:
        return Advice(field)
    relation = state.catalog.find_relation(names)
    if relation is not None:
        return Advice(f"{relation.name} is not in FROM: join it there")
    listed = ", ".join(f"`{written((name,))}`" for name in list(items)[:_MOST_ITEMS])
    return Advice(f"FROM has {listed}" if listed else None)


def _field_of(items: Iterable[NamespaceItem], name: str, state: ParseState) -> str | None:
    """Other languages reach into a column with a dot."""
    types = [column.type for item in items for column in item.columns if column.name == name]
    if not types:
        return None
    if types[0] in (oids.JSON, oids.JSONB):
        return f"{name} is a column; its fields are read as in `{written((name,))} ->> 'field'`"
    if state.catalog.is_composite(types[0]):
        return f"{name} is a column; its fields are read as in `({written((name,))}).field`"
    return f"{name} is a column, which has no fields"


# Columns


def missing_column(
    state: ParseState, relation: str | None, name: str, where: Where, matches: ColumnMatches
) -> Advice:
    """For a column that no FROM item has, as far as PostgreSQL's own detail does not say it."""
    if (marker := _marker(state, name, where)) or matches.exact:
        return marker
    if matches.near and not _is_text(state, name, where, matches):
        return _near_columns(state, matches)
    return (
        _other_notation(state, name, where)
        or _output_name(state, name)
        or _known_columns(state, relation)
    )


def _marker(state: ParseState, name: str, where: Where) -> Advice:
    """For a name after a sign that other languages begin parameters with."""
    if where is None:
        return Advice()
    start, end = where if isinstance(where, tuple) else (where.start, where.end)
    text = state.source.text
    operator = text[len(text[:start].rstrip(_SIGNS)) : start]
    if operator.endswith("@") and operator[:-1].strip("@"):
        return Advice(f"write {operator[:-1]} @{name}")  # all of it is one operator
    if text[:start].endswith(("%", ":", "#", "@", "@ ")) and text[start:end].isidentifier():
        return Advice(f"write a parameter as `@{name}`")
    return Advice()


def _is_text(state: ParseState, name: str, where: Where, matches: ColumnMatches) -> bool:
    """Whether double quotes around something unlike any column suggest that it is a text."""
    if where is None:
        return False
    start = where[0] if isinstance(where, tuple) else where.start
    quoted = state.source.text[start : start + 1] == '"'
    return quoted and not nearest(name, (column for _, column in matches.near))


def _output_name(state: ParseState, name: str) -> Advice:
    """A name of the select list, where a clause can see these."""
    if state.expr_kind not in ("order by", "group by"):
        return Advice()
    return Advice(did_you_mean(nearest(name, state.output_names)))


def _near_columns(state: ParseState, matches: ColumnMatches) -> Advice:
    several = sum(1 for _ in _visible_items(state)) > 1
    labels: list[Label] = []
    shown: list[str] = []
    for entry, name in matches.near:
        shown.append(written((entry.alias or entry.name, name) if several else (name,)))
        source = next((each.source for each in entry.columns if each.name == name), None)
        labels += declared_here(source) if source is not None else ()
    return Advice(did_you_mean(dict.fromkeys(shown)), tuple(dict.fromkeys(labels)))


def _other_notation(state: ParseState, name: str, where: Where) -> Advice:
    """For what is a column only by the way it is written."""
    if where is None:
        return Advice()
    start, end = where if isinstance(where, tuple) else (where.start, where.end)
    text = state.source.text
    if text[:start].rstrip().endswith(("->", "->>")):
        return Advice(f"the name of a field is written as text: `'{name}'`")
    if text[start:end].startswith('"') and "." not in text[start:end]:
        return Advice(f"text is written in single quotes: `'{name}'`")
    if name in state.output_names and state.expr_kind in ("where", "having", "join on"):
        clause = EXPR_KIND_NAMES[state.expr_kind]
        return Advice(
            f"{name} is a name of the select list, which {clause} cannot see: repeat the expression"
        )
    called = _argument_of(text, start)
    if called is not None and (advice := _word_as_argument(state, *called, text[start:end])):
        return advice
    functions = state.catalog.functions_named((name,))
    if any(not each.arguments for each in functions):
        return Advice(did_you_mean([f"{name}()"]))
    return Advice()


_CALLED = pattern(r"([A-Za-z_][\w$]*)\s*\((?:[^()';]*,)?\s*\Z")


def _argument_of(text: str, start: int) -> tuple[str, int] | None:
    """The function that is called with what is written at a place, and as which argument."""
    found = _CALLED.search(text, max(0, start - _NEAR), start)
    if found is None:
        return None
    return found[1].lower(), text.count(",", found.start(), start)


def _word_as_argument(state: ParseState, function: str, at: int, word: str) -> Advice:
    """For a word that is an argument where other databases take fields and formats as words."""
    known = state.catalog.functions_named((function,))
    if any(at < len(each.arguments) and each.arguments[at] == oids.TEXT for each in known):
        return Advice(f"it is written as text: `'{word}'`") if "." not in word else Advice()
    return foreign_function(function) if not known else Advice()


def _known_columns(state: ParseState, relation: str | None) -> Advice:
    visible = list(_visible_items(state))
    items = [item for item in visible if relation in (None, item.name)]
    if state.expr_kind == "returning" and len({id(item.entry.relation) for item in items}) == 1:
        items = items[:1]  # the others are `old` and `new`
    if not visible and state.expr_kind == "select target":
        return Advice("there is no FROM to take it from")
    if len(items) != 1:
        return Advice()
    entry = items[0].entry
    named = [name for name, _ in expand_ns_item_vars(items[0], None)]
    if entry.relation is None:
        return Advice(columns_of(items[0], named) if named else None)
    return Advice(columns_of(entry.relation, named), declared_here(entry.relation))


def missing_column_cause(state: ParseState, relation: str | None, name: str) -> Span | None:
    """The refused change of a table in scope that speaks of the column."""
    for item in _visible_items(state):
        if item.entry.relation is not None and relation in (None, item.name):
            found = state.catalog.failure("column", item.entry.relation.name, name)
            if found is not None:
                return found
    return None

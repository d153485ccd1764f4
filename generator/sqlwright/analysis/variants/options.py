"""What `-- @optional` says: names of parameters, alone or in groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NoReturn

from sqlwright.analysis.facts import Parameter
from sqlwright.analysis.variant_texts import Option
from sqlwright.analysis.variants.assignments import plain_parameters, set_list
from sqlwright.analysis.variants.spans import Misplaced
from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import Code, Diagnostic, DiagnosticError, Label
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.source import Span
from sqlwright.sql.annotation.words import name_in, named_groups
from sqlwright.sql.statements import QueryStatement, Word

_BULK = ("copyfrom", "batchexec", "batchmany", "batchone")


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a query; `at` has the option of each position, `places` where it is named.
    Those of `assigned` positions are about SET, the others about conditions."""

    all: tuple[Option, ...]
    at: Mapping[int, int]
    places: Mapping[int, Span]
    assigned: frozenset[int] = frozenset()

    @property
    def conditions(self) -> set[int]:
        """The positions of those about conditions."""
        return self.at.keys() - self.assigned


def read_options(statement: QueryStatement, parameters: Sequence[Parameter]) -> Options:
    """The options that the words of a query name. Raises DiagnosticError for an argument that is no
    list of its parameters."""
    options: list[Option] = []
    places: dict[int, Span] = {}
    assigned: set[int] = set()
    for word in statement.words:
        if word.name not in ("optional", "partial"):
            continue
        check_command(statement, word)
        for group, found in _named(statement, word, parameters):
            if word.name == "partial":
                assigned.update(item.position for item in found)
            for span, item in zip(group, found, strict=True):
                if item.position in places:
                    _refuse("invalid-annotation", f"{item.name} is named twice", span, None)
                places[item.position] = span
            names, positions = zip(*((item.name, item.position) for item in found), strict=True)
            options.append(Option(names, positions))
    at = {position: n for n, option in enumerate(options) for position in option.positions}
    return Options(tuple(options), at, places, frozenset(assigned))


def _named(
    statement: QueryStatement, word: Word, parameters: Sequence[Parameter]
) -> Iterator[tuple[tuple[Span, ...], list[Parameter]]]:
    """The groups that a word names, with where it does. `@partial` alone names each parameter that
    is all of an item of SET."""
    listed = set_list(statement.tree) if word.name == "partial" else None
    if word.name == "partial" and listed is None:
        _refuse(
            "invalid-annotation",
            "@partial is for UPDATE and for ON CONFLICT DO UPDATE",
            word.span,
            "write @optional for conditions",
        )
    if listed is not None and not word.said.text:
        numbers = list(plain_parameters(statement.tree, listed))
        if not numbers:
            _refuse(
                "invalid-annotation",
                "no item of SET is a parameter that is used nowhere else",
                word.span,
                "name the parameters, as in `-- @partial a, b`",
            )
        for item in parameters:
            if item.position in numbers:
                yield (word.span,), [item]
        return
    for group in _groups(word, parameters):
        yield group, [_parameter(span, parameters) for span in group]


def refuse_misplaced(
    statement: QueryStatement, options: Options, misplaced_uses: Sequence[Misplaced]
) -> None:
    """Raises DiagnosticError where leaving a parameter out is no variant of the same query."""
    for misplaced in misplaced_uses:
        place = options.places[misplaced.mention.number]
        mention = Span(statement.source, misplaced.mention.start, misplaced.mention.end)
        advice = (
            "take it off the list and write `(x IS NULL OR ...)` as a condition of its own"
            if misplaced.reason.startswith("it stands under")
            else "take it off the list, or use another parameter there"
        )
        if misplaced.reason == "it stands in SET":
            advice = f"write `-- @partial {name_in(place)}`"
        if "NULL" in misplaced.reason:
            advice = f"take it off the list and write `sqlc.narg({name_in(place)})`"
        raise DiagnosticError(
            Diagnostic(
                "not-optional",
                "error",
                f"{mention.text} cannot be left out: {misplaced.reason}",
                (Label(mention), Label(place, "said to be optional here")),
                help=advice,
            )
        )


def check_command(statement: QueryStatement, word: Word) -> None:
    """Raises DiagnosticError where a query has one text for many sets of arguments."""
    command = statement.annotation.command
    if command in _BULK:
        _refuse(
            "invalid-annotation",
            f"@{word.name} does not go with :{command}, which has one text for many sets",
            word.span,
            "use :exec, :one or :many for the variants",
        )
    if any(each.name == "rows" for each in statement.words):
        _refuse(
            "invalid-annotation",
            f"@{word.name} does not go with @rows, which gives each row all of its values",
            word.span,
            "make two queries of it",
        )


def _groups(word: Word, parameters: Sequence[Parameter]) -> Sequence[tuple[Span, ...]]:
    groups = named_groups(word.said)
    if not groups:
        listed = ", ".join(item.name for item in parameters) or "none"
        _refuse(
            "invalid-annotation",
            f"@{word.name} takes a list of parameters"
            + (f', not "{word.said.text}"' if word.said.text else ""),
            word.said if word.said.text else word.span,
            f"write it as `-- @{word.name} a, b` or `-- @{word.name} (a, b)`; "
            f"the parameters are: {listed}",
        )
    return groups


def _parameter(span: Span, parameters: Sequence[Parameter]) -> Parameter:
    name = name_in(span)
    for item in parameters:
        if name in (item.name, item.written.lower()):
            return item
    names = [item.name for item in parameters]
    return _refuse(
        "unknown-parameter",
        f'the query has no parameter "{name}"',
        span,
        did_you_mean(nearest(name, names))
        or (f"its parameters are: {', '.join(names)}" if names else "it has no parameters at all"),
    )


def _refuse(code: Code, message: str, span: Span, help: str | None) -> NoReturn:
    raise DiagnosticError(Diagnostic(code, "error", message, (Label(span),), help=help))

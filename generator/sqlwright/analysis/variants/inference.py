"""The variants of a query: their texts, and what is true of all of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Parameter
from sqlwright.analysis.variant_texts import VariantTexts
from sqlwright.analysis.variants.absence import null_is_no_value
from sqlwright.analysis.variants.analysing import Analyse, Analysed, Variants
from sqlwright.analysis.variants.assignments import (
    assigned_parts,
    assignment_choices,
    set_list,
)
from sqlwright.analysis.variants.options import Options, read_options, refuse_misplaced
from sqlwright.analysis.variants.orders import check_rows, order_choice, read_orders
from sqlwright.analysis.variants.pieces import conjunct_choice, cutter, positions_of
from sqlwright.analysis.variants.spans import OptionalPart, optional_parts
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.sql.statements import QueryStatement


@dataclass(frozen=True, slots=True)
class Varying:
    """What the words of a query make of it: `parameters` say how they are absent, `judged` is the
    query whose NULLs and rows are those of every variant."""

    texts: VariantTexts
    parameters: tuple[Parameter, ...]
    judged: tree.Query


def varying(
    catalog: Catalog,
    statement: QueryStatement,
    analysed: Analysed,
    parameters: tuple[Parameter, ...],
    analyse: Analyse,
) -> Varying | None:
    """The variants of a query, None if it has one text. Raises DiagnosticError where its words do
    not fit it."""
    options = read_options(statement, parameters)
    orders = read_orders(statement)
    if not options.all and orders is None:
        return None
    found = optional_parts(statement.tree, options.conditions)
    listed = set_list(statement.tree)
    items, used = (
        assigned_parts(statement.tree, listed, options.assigned) if listed is not None else ([], [])
    )
    in_orders = orders.mentions(options.conditions) if orders is not None else []
    refuse_misplaced(statement, options, [*found.misplaced, *used, *in_orders])
    parts = [_with_groups(part, options) for part in found.parts]
    items = [_with_groups(part, options) for part in items]
    types = {number: slot.type for number, slot in analysed.types.slots.items()}
    ordered = orders.statements if orders is not None else ()
    common = Variants(statement.tree, ordered, [*parts, *items], types, analyse).in_common(
        analysed.types.seeds
    )
    for other in (common.judged, *(each.query for each in common.ordered)):
        _check_columns(statement, analysed.query, other)
    cut = cutter(statement, common.whole.edits)
    choices = [conjunct_choice(cut, part, positions_of(options.at, part.numbers)) for part in parts]
    if listed is not None and items:
        needs = {item.node: positions_of(options.at, item.numbers) for item in items}
        choices += assignment_choices(cut, listed, needs)
    if orders is not None:
        check_rows(orders, [common.whole.query, *(each.query for each in common.ordered)])
        choices.append(order_choice(cut, orders, [each.edits for each in common.ordered]))
    patch = tuple(sorted(options.assigned))
    sorts = orders.names if orders is not None else ()
    return Varying(
        VariantTexts(options.all, cut.cut(choices), sorts, patch),
        _with_absence(catalog, analysed.query, parts, options, parameters),
        common.judged,
    )


def _with_groups(part: OptionalPart, options: Options) -> OptionalPart:
    """With all parameters that come and go together with those that it mentions."""
    numbers = {
        position
        for number in part.numbers
        for position in options.all[options.at[number]].positions
    }
    return replace(part, numbers=frozenset(numbers))


def _with_absence(
    catalog: Catalog,
    query: tree.Query,
    parts: Sequence[OptionalPart],
    options: Options,
    parameters: tuple[Parameter, ...],
) -> tuple[Parameter, ...]:
    """The optional parameters may be None: for want of a value, or as a value beside UNSET."""
    return tuple(
        replace(item, left_out=False, absent="unset")
        if item.position in options.assigned
        else replace(
            item,
            nullable=True,
            left_out=True,
            absent="none" if null_is_no_value(catalog, query, parts, item.position) else "unset",
        )
        if item.position in options.at
        else item
        for item in parameters
    )


def _check_columns(statement: QueryStatement, whole: tree.Query, judged: tree.Query) -> None:
    """A parameter in the result that gets its type from an optional condition alone has none
    without it, and with a cast put on it another name."""
    for one, other in zip(whole.output, judged.output, strict=True):
        if (one.name, one.expr.type) != (other.name, other.expr.type):
            raise DiagnosticError(
                Diagnostic(
                    "indeterminate-type",
                    "error",
                    f'the type of result column "{one.name}" is known from a condition that may be '
                    "left out",
                    (Label(statement.annotation.name_span),),
                    help="say what it is with a cast and a name, as in @x::text AS x",
                )
            )

"""The variants of a query: their texts, and what is true of all of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Parameter, PositionValue
from sqlwright.analysis.variant_texts import VariantTexts
from sqlwright.analysis.variants.absence import null_is_no_value
from sqlwright.analysis.variants.analysing import Analyse, Analysed, Common, Variants
from sqlwright.analysis.variants.assignments import (
    SetList,
    assigned_parts,
    assignment_choices,
    set_list,
)
from sqlwright.analysis.variants.options import Options, read_options, refuse_misplaced
from sqlwright.analysis.variants.orders import Orders, check_rows, order_choice, read_orders
from sqlwright.analysis.variants.pages import read_page
from sqlwright.analysis.variants.paging import Pages, Paging, orders_of, page_choices
from sqlwright.analysis.variants.pieces import Cutter, conjunct_choice, cutter, positions_of
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
    position: tuple[PositionValue, ...] = ()


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
    orders, paged = read_orders(statement), read_page(statement)
    if not options.all and orders is None and paged is None:
        return None
    parts = _parts(statement, options, orders)
    types = {number: slot.type for number, slot in analysed.types.slots.items()}
    ordered = orders.statements if orders is not None else ()
    variants = Variants(statement.tree, ordered, parts.all, types, analyse)
    common = variants.in_common(analysed.types.seeds)
    for other in (common.judged, *(each.query for each in common.ordered)):
        _check_columns(statement, analysed.query, other)
    if orders is not None:
        check_rows(orders, [common.whole.query, *(each.query for each in common.ordered)])
    pages = None
    if paged is not None:
        paging = Paging(catalog, paged, orders_of(paged, orders), variants)
        pages = paging.pages(common, options.at, max(types, default=0) + 1)
    texts = _texts(statement, options, parts, orders, pages or common)
    return Varying(
        texts,
        _with_absence(catalog, analysed.query, parts.conditions, options, parameters),
        pages.judged if pages is not None else common.judged,
        pages.position if pages is not None else (),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """What may be left out of a query: conditions, and items of SET in `listed`."""

    conditions: Sequence[OptionalPart]
    items: Sequence[OptionalPart]
    listed: SetList | None

    @property
    def all(self) -> Sequence[OptionalPart]:
        return (*self.conditions, *self.items)


def _parts(statement: QueryStatement, options: Options, orders: Orders | None) -> _Parts:
    """Raises DiagnosticError where a parameter cannot be left out."""
    found = optional_parts(statement.tree, options.conditions)
    listed = set_list(statement.tree)
    items, used = (
        assigned_parts(statement.tree, listed, options.assigned) if listed is not None else ([], [])
    )
    in_orders = orders.mentions(options.conditions) if orders is not None else []
    refuse_misplaced(statement, options, [*found.misplaced, *used, *in_orders])
    return _Parts(
        [_with_groups(part, options) for part in found.parts],
        [_with_groups(part, options) for part in items],
        listed,
    )


def _texts(
    statement: QueryStatement,
    options: Options,
    parts: _Parts,
    orders: Orders | None,
    found: Common | Pages,
) -> VariantTexts:
    """The source cut into the pieces of all variants."""
    pages = found if isinstance(found, Pages) else None
    common = found.common if isinstance(found, Pages) else found
    cut = cutter(statement, common.whole.edits)
    choices = [
        conjunct_choice(cut, part, positions_of(options.at, part.numbers))
        for part in parts.conditions
    ]
    if parts.listed is not None and parts.items:
        needs = {item.node: positions_of(options.at, item.numbers) for item in parts.items}
        choices += assignment_choices(cut, parts.listed, needs)
    cutters: list[Cutter] = []
    if orders is not None:
        cutters = orders.cutters([each.edits for each in common.ordered])
        choices.append(order_choice(orders, cut, cutters))
    if pages is not None:
        choices += page_choices(pages, [cut, *cutters], len(options.all))
    return VariantTexts(
        (*options.all, *((pages.option,) if pages is not None else ())),
        cut.cut(choices),
        orders.names if orders is not None else (),
        tuple(sorted(options.assigned)),
        pages is not None,
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

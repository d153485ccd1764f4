"""Operators: which one is meant, and the expression it makes (manual 10.2, 9.25, 9.26)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.names.columns import place
from sqlwright.analysis.operators.errors import no_operator, operator_signature
from sqlwright.analysis.operators.null_comparisons import warn_of_null
from sqlwright.analysis.resolution.cast_advice import cast_help, written_cast
from sqlwright.analysis.resolution.coerce import coerce_type
from sqlwright.analysis.resolution.overloads import (
    Candidate,
    func_match_argtypes,
    func_select_candidate,
)
from sqlwright.analysis.resolution.polymorphic import enforce_generic_type_consistency
from sqlwright.analysis.state.refusal import RefusalError, raise_at
from sqlwright.analysis.state.set_returning import (
    check_srf_call_placement,
    inner_set_returning,
    mark_set_returning,
)
from sqlwright.analysis.tree import making
from sqlwright.catalog import oids
from sqlwright.catalog.identity import is_own_oid
from sqlwright.catalog.types.properties import is_polymorphic
from sqlwright.dataclass import dataclass
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.catalog.catalog import Catalog
    from sqlwright.catalog.model import Operator

    Where = nodes.Node | tree.Expr | tuple[int, int] | None

Names = tuple[str, ...]


# Which operator


def binary_oper_exact(catalog: Catalog, names: Names, left: int, right: int) -> Operator | None:
    """The operator of exactly these types (10.2 step 2.a).

    One unknown operand is taken to be of the other's type, then of that type's base type if it is
    a domain.
    """
    assumed = False
    if left == oids.UNKNOWN and right:
        left, assumed = right, True
    elif right == oids.UNKNOWN and left:
        right, assumed = left, True
    found = catalog.find_operator(names, left, right)
    if found is None and assumed:
        base = catalog.base_type(left)
        if base != left:
            found = catalog.find_operator(names, base, base)
    return found


def operator_candidates(
    catalog: Catalog, names: Names, *, prefix: bool
) -> list[Candidate[Operator]]:
    """The binary or prefix operators of a name that the search path shows (10.2 step 1)."""
    return [
        Candidate((each.right,) if prefix else (each.left, each.right), each)
        for each in catalog.operators_named(names)
        if (each.left == 0) == prefix
    ]


def select_operator(
    catalog: Catalog, names: Names, inputs: Sequence[int]
) -> tuple[Operator | None, bool]:
    """The operator for one or two operand types, and where there is none whether that is because
    several fit equally well.
    """
    types = tuple(inputs)
    memo = catalog.builtin.memo if _is_the_same_everywhere(catalog, types) else catalog.memo
    return memo.once(("chosen operator", names, types), _selected_operator, catalog, names, types)


def _is_the_same_everywhere(catalog: Catalog, types: tuple[int, ...]) -> bool:
    """Whether what operators there are for the types is PostgreSQL's own affair. A catalog changes
    with each definition, so that little of what is found in one is of use for the next; where it is
    recorded what was looked up, it does not change."""
    return (
        not catalog.memo.is_recorded
        and all(map(is_own_oid, types))
        and not (any(True for _ in catalog.user_operators) or any(True for _ in catalog.user_casts))
    )


def _selected_operator(
    catalog: Catalog, names: Names, inputs: tuple[int, ...]
) -> tuple[Operator | None, bool]:
    if len(inputs) == 2:
        exact = binary_oper_exact(catalog, names, inputs[0], inputs[1])
    else:
        exact = catalog.find_operator(names, 0, inputs[0])
    if exact is not None:
        return exact, False
    candidates = operator_candidates(catalog, names, prefix=len(inputs) == 1)
    fitting = func_match_argtypes(catalog, inputs, candidates)
    if len(fitting) <= 1:
        return (fitting[0].item if fitting else None), False
    best = func_select_candidate(catalog, inputs, fitting)
    return (best.item if best else None), best is None


def oper(state: ParseState, names: Names, left: int, right: int, where: Where) -> Operator:
    """The binary operator for two operand types. Raises 42883 if none fits, 42725 if several."""
    found, ambiguous = select_operator(state.catalog, names, (left, right))
    if found is None:
        no_operator(state, names, (left, right), ambiguous, (), where)
    return found


def compatible_oper(
    state: ParseState, names: Names, left: int, right: int, where: Where
) -> Operator:
    """An operator that takes the types as they are or by relabelling alone, as ORDER BY ... USING
    needs it. Raises 42883 where only a conversion would do.
    """
    found = oper(state, names, left, right, where)
    catalog = state.catalog
    if catalog.is_binary_coercible(left, found.left) and catalog.is_binary_coercible(
        right, found.right
    ):
        return found
    shown = operator_signature(catalog, names, (left, right))
    return state.error(
        "unknown-operator",
        f"operator requires run-time type coercion: {shown}",
        where,
        sqlstate="42883",
    )


# The expression


def make_op(
    state: ParseState,
    names: Names,
    left: tree.Expr | None,
    right: tree.Expr,
    where: Where,
    span: tuple[int, int] | None = None,
) -> tree.Expr:
    """`left op right`, or `op right` where `left` is None; operands are converted as needed. What
    is refused is refused at `where`, which is also where what is made stands if not at `span`.

    Raises 42883, 42725, 42804 (polymorphic operands that do not fit together).
    """
    operands = (right,) if left is None else (left, right)
    inputs = (right.type,) if left is None else (left.type, right.type)
    made = _operation(state.catalog, names, inputs) or _refused(state, names, operands, where)
    args = make_fn_arguments(state, operands, inputs, made.arguments)
    if left is not None:
        warn_of_null(state, left, right, where)
    start, end = place(where) if span is None or made.gives_set else span
    call = making.OpCall(type=made.result, operator=made.operator, args=args, start=start, end=end)
    if not made.gives_set:
        return call
    check_srf_call_placement(state, inner_set_returning(args), where)
    return mark_set_returning(state, call)


@dataclass(frozen=True, slots=True)
class _Operation:
    """An operator for operands of some types, and what it takes them as and gives."""

    operator: Operator
    arguments: tuple[int, ...]
    result: int
    gives_set: bool


def _operation(catalog: Catalog, names: Names, inputs: tuple[int, ...]) -> _Operation | None:
    """None where it is refused."""
    memo = catalog.builtin.memo if _is_the_same_everywhere(catalog, inputs) else catalog.memo
    return memo.once(("operation", names, inputs), _new_operation, catalog, names, inputs)


def _new_operation(catalog: Catalog, names: Names, inputs: tuple[int, ...]) -> _Operation | None:
    operator, _ = select_operator(catalog, names, inputs)
    if operator is None:
        return None
    declared = _declared(operator, inputs)
    try:
        settled = enforce_generic_type_consistency(catalog, inputs, declared, operator.result)
    except RefusalError:
        return None
    function = catalog.get_function(operator.function)
    gives_set = function is not None and function.returns_set
    return _Operation(operator, settled.arguments, settled.result, gives_set)


def _declared(operator: Operator, inputs: Sequence[int]) -> tuple[int, ...]:
    return (operator.right,) if len(inputs) == 1 else (operator.left, operator.right)


def _refused(
    state: ParseState, names: Names, operands: Sequence[tree.Expr], where: Where
) -> NoReturn:
    inputs = [each.type for each in operands]
    found, ambiguous = select_operator(state.catalog, names, inputs)
    if found is None:
        no_operator(state, names, inputs, ambiguous, operands, where)
    _settle(state, inputs, _declared(found, inputs), found.result, where)
    raise AssertionError(f"{names} takes {inputs}")


def _settle(
    state: ParseState,
    inputs: Sequence[int],
    declared: Sequence[int],
    result: int,
    where: Where,
) -> tuple[int, tuple[int, ...]]:
    try:
        settled = enforce_generic_type_consistency(state.catalog, inputs, declared, result)
    except RefusalError as refusal:
        raise_at(state, refusal, where)
    return settled.result, settled.arguments


def make_fn_arguments(
    state: ParseState,
    args: Sequence[tree.Expr],
    actual: Sequence[int],
    declared: Sequence[int],
) -> tuple[tree.Expr, ...]:
    """The arguments of a call or operator, each converted to its declared type."""
    if actual == declared:
        return tuple(args)
    return tuple(
        arg
        if given == wanted
        else coerce_type(state, arg, given, wanted, -1, "implicit", False, arg)
        for arg, given, wanted in zip(args, actual, declared, strict=False)
    )


def make_scalar_array_op(
    state: ParseState,
    names: Names,
    use_or: bool,
    left: tree.Expr,
    right: tree.Expr,
    where: Where,
) -> tree.Expr:
    """`left op ANY (right)` with `use_or`, else `left op ALL (right)`.

    The operator is looked up for the element type; an unknown right side stays unknown until the
    operator tells. Raises 42809 if the right side is no array or the operator not boolean.
    """
    catalog = state.catalog
    inputs = (left.type, _array_element(state, right, where))
    found, ambiguous = select_operator(catalog, names, inputs)
    if found is None:
        advice = _array_advice(state, left, right)
        no_operator(state, names, inputs, ambiguous, (), where, advice, (left, right))
    result, arguments = _settle(state, inputs, (found.left, found.right), found.result, where)
    if result != oids.BOOL:
        _wrong_array_op(state, "array) requires operator to yield boolean", where)
    function = catalog.get_function(found.function)
    if function is not None and function.returns_set:
        _wrong_array_op(state, "array) requires operator not to return a set", where)
    declared = (arguments[0], _array_over(state, arguments[1], right, where))
    args = make_fn_arguments(state, (left, right), (left.type, right.type), declared)
    start, end = place(where)
    return tree.ArrayOp(
        type=result,
        operator=found,
        left=args[0],
        array=args[1],
        use_or=use_or,
        start=start,
        end=end,
    )


def _array_element(state: ParseState, array: tree.Expr, where: Where) -> int:
    """The element type of the right side, unknown if that is unknown itself."""
    if array.type == oids.UNKNOWN:
        return oids.UNKNOWN
    element = state.catalog.base_element_type(array.type)
    if not element:
        _wrong_array_op(state, "array) requires array on right side", where)
    return element


def _array_over(state: ParseState, element: int, array: tree.Expr, where: Where) -> int:
    """What the right side is converted to; under a polymorphic operator it stays as it is."""
    if is_polymorphic(element):
        return array.type
    found = state.catalog.array_type(element)
    if not found:
        state.error(
            "unknown-type",
            f"could not find array type for data type {state.catalog.display_type(element)}",
            where,
            sqlstate="42704",
        )
    return found


def _array_advice(state: ParseState, left: tree.Expr, right: tree.Expr) -> str | None:
    """A cast of the array to one of the left operand's type, if that would do. What a slice becomes
    is no expression that a cast could be written on; where nothing says its type, a domain of the
    left side may have kept an operator from being found."""
    settled = state.catalog.base_element_type(right.type)
    if not settled or (
        isinstance(right, tree.Param) and state.parameters.slots[right.number].slice
    ):
        return cast_help(state, left, settled or state.catalog.base_type(left.type))
    wanted = state.catalog.array_type(state.catalog.base_type(left.type))
    cast = written_cast(state, right, wanted) if wanted else None
    return None if cast is None else f"write an explicit cast: {cast}"


def _wrong_array_op(state: ParseState, ending: str, where: Where) -> NoReturn:
    state.error("wrong-object-type", f"op ANY/ALL ({ending}", where, sqlstate="42809")


def make_distinct_op(
    state: ParseState,
    names: Names,
    left: tree.Expr,
    right: tree.Expr,
    where: Where,
) -> tree.Expr:
    """`left IS DISTINCT FROM right`, by the type's `=`. Raises 42804 if that is not boolean."""
    call = make_op(state, names, left, right, where)
    if call.type != oids.BOOL:
        state.error(
            "type-mismatch",
            "IS DISTINCT FROM requires = operator to yield boolean",
            where,
            sqlstate="42804",
        )
    if not isinstance(call, tree.OpCall):
        state.error(
            "type-mismatch", "IS DISTINCT FROM must not return a set", where, sqlstate="42804"
        )
    return making.OpCall(
        type=call.type,
        operator=call.operator,
        args=call.args,
        kind="distinct",
        start=call.start,
        end=call.end,
    )

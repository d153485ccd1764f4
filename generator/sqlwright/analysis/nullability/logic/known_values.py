"""What conditions say of the values of columns: which are NULL, which constants they are, may be
and are not.

`status IN ('paid', 'shipped')` leaves two, `status <> 'new'` all but one; of an enum those are the
others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.keys import Key, var_key
from sqlwright.analysis.nullability.logic.comparisons import same_constant
from sqlwright.analysis.nullability.logic.outcomes import FALSE, NOT_TRUE, TRUE, Outcomes
from sqlwright.analysis.premises.column_equalities import bare_column
from sqlwright.analysis.premises.constants import is_renamed
from sqlwright.analysis.tree.collations import compared_by, is_exact
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_operator
from sqlwright.dataclass import dataclass, field, replace

Constants = tuple[tree.Const, ...]


@dataclass(slots=True)
class Known:
    """Columns that are NULL, equal to a constant, to one of several, and different from some; of
    the last those that are `present`, not NULL."""

    nulls: frozenset[Key] = frozenset()
    values: dict[Key, tree.Const] = field(default_factory=dict)
    choices: dict[Key, Constants] = field(default_factory=dict)
    excluded: dict[Key, Constants] = field(default_factory=dict)
    present: set[Key] = field(default_factory=set)

    def narrowed(self, catalog: Catalog, stored: Known) -> Known:
        """With the choices that the schema leaves to columns that are different from some, and
        without those that they are different from: none at all where there is no such row."""
        added = {key: stored.choices[key] for key in self.excluded.keys() & stored.choices.keys()}
        choices = {
            key: _left_of(catalog, found, self.excluded.get(key, ()))
            for key, found in (added | self.choices).items()
        }
        return replace(self, choices=choices)


def learnt(catalog: Catalog, conditions: Iterable[tuple[tree.Expr, Outcomes]]) -> Known:
    """What conditions say that came out in one of these ways."""
    known = Known()
    for expr, outcomes in conditions:
        for part, own in settled(expr, outcomes):
            _learn(catalog, part, own, known)
    for key in known.present & known.excluded.keys():
        _leave_labels(catalog, key, known)
    return known


def _leave_labels(catalog: Catalog, key: Key, known: Known) -> None:
    """Of an enum the labels are left that the column is not different from."""
    constants = known.excluded[key]
    if any(is_renamed(catalog, each) for each in constants):
        return
    kind = catalog.type(constants[0].type)
    gone = {each.value for each in constants}
    left = tuple(
        tree.Const(type=kind.oid, value=label) for label in kind.labels if label not in gone
    )
    if kind.kind == "enum":
        known.choices.setdefault(key, left)


def _left_of(catalog: Catalog, choices: Constants, excluded: Constants) -> Constants:
    """Those of several constants that a column can still be, which is none of the excluded."""
    return tuple(
        each for each in choices if not any(same_constant(catalog, each, gone) for gone in excluded)
    )


def alternatives(known: Known, most: int) -> Iterator[Mapping[Key, tree.Const]]:
    """The values that the columns may have together; none at all if there are more than `most`."""
    choices = {key: found for key, found in known.choices.items() if key not in known.values}
    count = 1
    for found in choices.values():
        count *= len(found)
    if count > most:
        return
    for values in product(*choices.values()):
        yield known.values | dict(zip(choices, values, strict=True))


def settled(expr: tree.Expr, outcomes: Outcomes) -> Iterator[tuple[tree.Expr, Outcomes]]:
    """A condition with its outcomes, and what they say of the parts it is made of."""
    yield expr, outcomes
    if not isinstance(expr, tree.BoolExpr):
        return
    if expr.op == "not":
        swapped = frozenset(None if each is None else not each for each in outcomes)
        yield from settled(expr.args[0], swapped)
    elif (expr.op == "and" and outcomes == TRUE) or (
        expr.op == "or" and outcomes in (FALSE, NOT_TRUE)
    ):
        for arg in expr.args:
            yield from settled(arg, outcomes)


def _learn(catalog: Catalog, part: tree.Expr, outcomes: Outcomes, known: Known) -> None:
    match part:
        case tree.NullTest(row=False) if isinstance(part.operand, tree.Var):
            is_null = outcomes == TRUE if not part.negated else True not in outcomes
            if is_null and part.operand.number > 0 and not part.operand.entry.join_vars:
                known.nulls |= {_key(part.operand)}
        case tree.Var() if part.type == oids.BOOL and outcomes in (TRUE, FALSE):
            text = "t" if outcomes == TRUE else "f"
            known.values[_key(part)] = tree.Const(type=oids.BOOL, value=text)
        case tree.OpCall() if part.kind != "nullif" and len(part.args) == 2:
            _learn_comparison(catalog, part, outcomes, known)
        case tree.ArrayOp(array=tree.ArrayExpr(multidimensional=False) as array):
            _learn_list(catalog, part, array.items, outcomes, known)
        case tree.BoolExpr(op="or") if outcomes == TRUE:
            _learn_alternatives(catalog, part.args, known)
        case _:
            pass


def _learn_comparison(
    catalog: Catalog, call: tree.OpCall, outcomes: Outcomes, known: Known
) -> None:
    """`=`, `<>` and IS [NOT] DISTINCT FROM."""
    found = _compared(catalog, call)
    if found is None:
        return
    key, constant, equal = found
    if call.kind == "distinct":
        equal = not equal
    if outcomes == (TRUE if equal else FALSE):
        known.values[key] = constant
    elif outcomes == (FALSE if equal else TRUE):
        known.excluded[key] = (*known.excluded.get(key, ()), constant)
        if call.kind == "plain":
            known.present.add(key)


def _compared(catalog: Catalog, call: tree.OpCall) -> tuple[Key, tree.Const, bool] | None:
    """A column, the constant that it is compared with, and whether by `=`. What a collation holds
    equal need not be the same text (manual 23.2.2.4)."""
    if not is_operator(call.operator, "=", "<>"):
        return None
    if not is_exact(catalog, compared_by(catalog, call.args)):
        return None
    function = catalog.get_function(call.operator.function)
    if function is None or function.volatility != "immutable":
        return None  # of a timestamp and a timestamptz the session's time zone decides
    for this, other in (call.args, call.args[::-1]):
        column = bare_column(this)
        if column is not None and isinstance(other, tree.Const) and other.value is not None:
            return _key(column), other, is_operator(call.operator, "=")
    return None


def _learn_list(
    catalog: Catalog,
    test: tree.ArrayOp,
    items: Sequence[tree.Expr],
    outcomes: Outcomes,
    known: Known,
) -> None:
    """IN and NOT IN."""
    compared = [_compared(catalog, each) for each in _each_item(test, items)]
    found = [each for each in compared if each is not None]
    if not found or len(found) < len(compared):
        return
    key, _, equal = found[0]
    constants = tuple(constant for _, constant, _ in found)
    if test.use_or and equal and outcomes == TRUE:
        known.choices.setdefault(key, constants)
    elif outcomes == (FALSE if test.use_or else TRUE) and test.use_or == equal:
        known.excluded[key] = (*known.excluded.get(key, ()), *constants)
        known.present.add(key)


def _each_item(test: tree.ArrayOp, items: Sequence[tree.Expr]) -> Iterator[tree.OpCall]:
    for item in items:
        yield tree.OpCall(type=oids.BOOL, operator=test.operator, args=(test.left, item))


def _learn_alternatives(catalog: Catalog, args: Sequence[tree.Expr], known: Known) -> None:
    """`status = 'paid' OR status = 'shipped'`."""
    compared = [
        _compared(catalog, arg)
        for arg in args
        if isinstance(arg, tree.OpCall) and arg.kind == "plain" and len(arg.args) == 2
    ]
    found = [each for each in compared if each is not None and each[2]]
    if len(found) == len(args) and len({key for key, _, _ in found}) == 1:
        known.choices.setdefault(found[0][0], tuple(constant for _, constant, _ in found))


def _key(var: tree.Var) -> Key:
    return var_key(var.entry, var.number, var.returning)

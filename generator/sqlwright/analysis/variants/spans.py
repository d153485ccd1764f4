"""Where a query mentions parameters that may be absent, and what is left out then."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlwright.dataclass import dataclass, field, fields, is_dataclass, replace
from sqlwright.sql import nodes
from sqlwright.sql.traversal import walk


@dataclass(frozen=True, slots=True)
class OptionalPart:
    """A conjunct that is there only if all `numbers` are given. `test` are the operands of its OR
    that say whether they are, which the text does without; `kept` is the rest then. Of an item of
    SET it is the value, and `otherwise` the column as it was."""

    node: nodes.Expr
    numbers: frozenset[int]
    tests: tuple[nodes.Expr, ...] = ()
    kept: tuple[nodes.Expr, ...] = ()
    otherwise: nodes.Expr | None = None


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A mention that cannot be left out, and why."""

    mention: nodes.ParamRef
    reason: str


@dataclass(slots=True)
class Found:
    """What a statement has of both, in the order of the text."""

    parts: list[OptionalPart] = field(default_factory=list)
    misplaced: list[Misplaced] = field(default_factory=list)


_FIELDS: Mapping[tuple[type, str], str] = {
    (nodes.Select, "targets"): "it stands in the select list",
    (nodes.Select, "values"): "it stands in VALUES",
    (nodes.Select, "distinct"): "it stands in DISTINCT ON",
    (nodes.Select, "group_by"): "it stands in GROUP BY",
    (nodes.Select, "windows"): "it stands in WINDOW",
    (nodes.Select, "order_by"): "it stands in ORDER BY",
    (nodes.Select, "limit"): "it stands in LIMIT, where NULL is no limit",
    (nodes.Select, "offset"): "it stands in OFFSET, where NULL skips no rows",
    (nodes.Update, "assignments"): "it stands in SET",
    (nodes.OnConflict, "assignments"): "it stands in SET",
    (nodes.OnConflict, "elements"): "it says what the conflict is",
    (nodes.OnConflict, "element_where"): "it says what the conflict is",
    (nodes.Merge, "on"): "ON of MERGE decides what happens to a row",
    (nodes.Merge, "branches"): "WHEN of MERGE decides what happens to a row",
    (nodes.Returning, "targets"): "it stands in RETURNING",
    (nodes.FuncCall, "filter"): "it stands in FILTER",
    (nodes.RangeFunction, "items"): "it stands in FROM",
    (nodes.TableSample, "args"): "it stands in FROM",
}
_CONDITIONS = frozenset(
    {
        (nodes.Select, "where"),
        (nodes.Select, "having"),
        (nodes.Update, "where"),
        (nodes.Delete, "where"),
        (nodes.OnConflict, "where"),
    }
)
_ON = (nodes.Join, "on")
_ELSEWHERE = "it stands outside of WHERE, HAVING and ON"


def optional_parts(statement: nodes.Statement, wanted: Collection[int]) -> Found:
    """Every outermost conjunct of a WHERE, a HAVING or an inner join's ON that mentions one of the
    parameters `wanted`, and every mention elsewhere."""
    found = Found()
    _visit(statement, _ELSEWHERE, wanted, found)
    return found


def _visit(value: object, reason: str, wanted: Collection[int], found: Found) -> None:
    if isinstance(value, tuple):
        for item in value:
            _visit(item, reason, wanted, found)
    elif isinstance(value, nodes.ParamRef):
        if value.number in wanted:
            found.misplaced.append(Misplaced(value, reason))
    elif isinstance(value, nodes.Node) and is_dataclass(value):
        for each in fields(value):
            below = getattr(value, each.name)
            place = type(value), each.name
            if below is None:
                continue
            if place in _CONDITIONS or (place == _ON and _is_inner(value)):
                _condition(below, wanted, found)
            else:
                _visit(below, _reason(value, place) or reason, wanted, found)


def _is_inner(join: nodes.Node) -> bool:
    return isinstance(join, nodes.Join) and join.kind == "inner"


def _reason(value: nodes.Node, place: tuple[type, str]) -> str | None:
    """Why nothing can be left out in a part of a node; None where it is as for the whole."""
    if place == _ON and isinstance(value, nodes.Join):
        return f"ON of a {value.kind.upper()} JOIN drops no rows"
    return _FIELDS.get(place)


def _condition(condition: nodes.Expr, wanted: Collection[int], found: Found) -> None:
    for conjunct in conjuncts(condition):
        numbers = frozenset(ref.number for ref in mentions(conjunct, wanted))
        if not numbers:
            continue
        part = _written_with_tests(conjunct, numbers, wanted)
        under = None if part is not None else next(_under_logic(conjunct, wanted), None)
        if under is not None:
            found.misplaced.append(under)
        else:
            found.parts.append(part or OptionalPart(conjunct, numbers))


def conjuncts(condition: nodes.Expr) -> Iterator[nodes.Expr]:
    """What AND joins, in the order of the text."""
    if isinstance(condition, nodes.BoolOperation) and condition.op == "and":
        for operand in condition.operands:
            yield from conjuncts(operand)
    else:
        yield condition


def mentions(value: object, wanted: Collection[int]) -> list[nodes.ParamRef]:
    """The uses of parameters in an expression, subqueries included."""
    refs = (node for node in walk(value) if isinstance(node, nodes.ParamRef))
    return [ref for ref in refs if ref.number in wanted]


def _written_with_tests(
    conjunct: nodes.Expr, numbers: frozenset[int], wanted: Collection[int]
) -> OptionalPart | None:
    """`(x IS NULL OR ...)`, in which every parameter is tested: the same condition, written so that
    one text serves for both."""
    if not isinstance(conjunct, nodes.BoolOperation) or conjunct.op != "or":
        return None
    tested = {operand: _tested(operand, wanted) for operand in conjunct.operands}
    tests = tuple(operand for operand, number in tested.items() if number)
    kept = tuple(operand for operand, number in tested.items() if not number)
    if not kept or {tested[operand] for operand in tests} != numbers:
        return None
    return OptionalPart(conjunct, numbers, tests, kept)


def _tested(operand: nodes.Expr, wanted: Collection[int]) -> int:
    """The parameter of which an operand asks whether it is NULL, 0 if it asks something else."""
    if not isinstance(operand, nodes.NullTest) or operand.negated:
        return 0
    tested = operand.operand
    while isinstance(tested, nodes.TypeCast):
        tested = tested.operand
    return tested.number if isinstance(tested, nodes.ParamRef) and tested.number in wanted else 0


def _under_logic(conjunct: nodes.Expr, wanted: Collection[int]) -> Iterator[Misplaced]:
    """Mentions under an OR or a NOT, of which one cannot tell what leaving them out would mean. NOT
    EXISTS and NOT IN over a query are conditions of their own."""
    if not isinstance(conjunct, nodes.BoolOperation):
        return
    if conjunct.op == "not" and isinstance(conjunct.operands[0], nodes.SubLink):
        return
    for ref in mentions(conjunct, wanted):
        yield Misplaced(ref, f"it stands under {conjunct.op.upper()}")


def rebuilt(value: object, instead: Mapping[nodes.Node, nodes.Node]) -> object:
    """A tree with other nodes in the places of some; what has none of them below stays the same."""
    if isinstance(value, tuple):
        items = tuple(rebuilt(item, instead) for item in value)
        same = all(new is old for new, old in zip(items, value, strict=True))
        return value if same else items
    if not isinstance(value, nodes.Node) or not is_dataclass(value):
        return value
    if value in instead:
        return instead[value]
    return _with_fields(value, instead)


def _with_fields(node: nodes.Node, instead: Mapping[nodes.Node, nodes.Node]) -> nodes.Node:
    changed: dict[str, Any] = {}
    for each in fields(node):
        old = getattr(node, each.name)
        new = rebuilt(old, instead)
        if new is not old:
            changed[each.name] = new
    return replace(node, **changed) if changed else node


def without(part: OptionalPart) -> nodes.Expr:
    """What stands in the place of a part that is left out: `true` for a conjunct."""
    node = part.node
    return part.otherwise or nodes.Const(
        start=node.start, end=node.end, kind="boolean", value="true"
    )


def anything_at(node: nodes.Expr) -> nodes.Expr:
    """In the place of a conjunct one of which nothing is known: true of some rows and not of
    others."""
    start, end = node.start, node.end
    return nodes.Operation(
        name=("pg_catalog", "<"),
        left=nodes.FuncCall(name=("pg_catalog", "random"), start=start, end=end),
        right=nodes.Const(kind="float", value="0.5", start=start, end=end),
        operator_start=start,
        operator_end=end,
        start=start,
        end=end,
    )


def kept_at(part: OptionalPart) -> nodes.Expr:
    """A conjunct without its tests."""
    if not part.tests:
        return part.node
    if len(part.kept) == 1:
        return part.kept[0]
    node = part.node
    return nodes.BoolOperation(op="or", operands=part.kept, start=node.start, end=node.end)


def with_parts(
    statement: nodes.Statement, instead: Sequence[tuple[OptionalPart, nodes.Expr]]
) -> nodes.Statement:
    """The statement with something else in the places of optional parts."""
    made = rebuilt(statement, {part.node: node for part, node in instead})
    assert isinstance(made, nodes.Node)
    return made  # type: ignore[return-value]

"""Whether an expression depends on nothing but its inputs (manual 36.7)."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.tree.traversal import Part, walk
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_own
from sqlwright.catalog.model import Function
from sqlwright.catalog.text_forms import has_immutable_text
from sqlwright.catalog.types.properties import is_polymorphic


def is_immutable(catalog: Catalog, expr: Part) -> bool:
    """Whether nothing in an expression depends on more than its inputs, where the bodies of SQL
    functions are put in the place of their calls as the planner does it."""
    return all(_is_immutable_itself(catalog, part) for part in walk(expr))


def _is_immutable_itself(catalog: Catalog, part: Part) -> bool:
    if isinstance(part, tree.SqlValue):
        return False
    if isinstance(part, tree.FuncCall):
        return _call_is_immutable(catalog, part.function, part.args)
    if isinstance(part, tree.Cast):
        return _cast_is_immutable(catalog, part)
    if isinstance(part, tree.OpCall):
        function = catalog.get_function(part.operator.function)
        return function is None or _call_is_immutable(catalog, function, part.args)
    if isinstance(part, tree.ArrayOp):
        function = catalog.get_function(part.operator.function)
        return function is None or function.volatility == "immutable"
    return True


def _cast_is_immutable(catalog: Catalog, cast: tree.Cast) -> bool:
    if cast.function is not None:
        return _call_is_immutable(catalog, cast.function, (cast.operand,))
    source, target = cast.operand.type, cast.type
    if cast.method == "array":
        given, wanted = catalog.type_below_domains(source), catalog.type_below_domains(target)
        source, target = given.element if given else 0, wanted.element if wanted else 0
        known = catalog.cast(catalog.base_type(source), catalog.base_type(target))
        if known is not None and known.method == "function":
            return catalog.function(known.function).volatility == "immutable"
        if known is not None and known.method == "binary":
            return True
    elif cast.method != "io":
        return True
    return has_immutable_text(catalog, source, "out") and has_immutable_text(catalog, target, "in")


def _call_is_immutable(catalog: Catalog, function: Function, args: tuple[tree.Expr, ...]) -> bool:
    if function.volatility == "immutable":
        return True
    if function.language != "sql" or function.kind != "function" or function.returns_set:
        return False
    if is_own(function):
        return _makes_text(catalog, function, args)
    return _is_put_in_place(function) and is_immutable(catalog, _value(function))


def _makes_text(catalog: Catalog, function: Function, args: tuple[tree.Expr, ...]) -> bool:
    """Of PostgreSQL's own functions in SQL, those over any type are what they are because of the
    text of that argument (`||` with text, quote_literal); what the others do is mutable."""
    any_type = [
        arg.type
        for arg, declared in zip(args, function.arguments, strict=False)
        if is_polymorphic(declared)
    ]
    return bool(any_type) and all(has_immutable_text(catalog, each, "out") for each in any_type)


def _is_put_in_place(function: Function) -> bool:
    """Whether calls of a function in SQL become what its only SELECT gives (inline_function)."""
    query = function.stored
    if not isinstance(query, tree.Query) or function.isolated or function.strict:
        return False
    if function.body is not None and ";" in function.body.rstrip("; \n"):
        return False
    return query.command == "select" and len(query.targets) == 1 and _is_bare(query)


def _is_bare(query: tree.Query) -> bool:
    clauses = (query.ctes, query.from_nodes, query.group_by, query.grouping_sets, query.values)
    conditions = (query.where, query.having, query.limit, query.offset, query.set_operation)
    if any(clauses) or any(each is not None for each in conditions) or query.order_by:
        return False
    return not (query.has_aggregates or query.has_set_returning or query.windows or query.locking)


def _value(function: Function) -> tree.Expr:
    assert isinstance(function.stored, tree.Query)
    return function.stored.targets[0].expr

"""SQL/JSON and XML (manual 9.15, 9.16)."""

from __future__ import annotations

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.nullability.ground.scopes import Scope, span_of
from sqlwright.analysis.nullability.ground.verdicts import Verdict, all_of, any_of, maybe, never
from sqlwright.analysis.nullability.judging import Judge, judges
from sqlwright.catalog import oids

_JSON_VALUES = ("error", "empty array", "empty object")


@judges(tree.JsonQueryExpr)
def json_query(judge: Judge, expr: tree.JsonQueryExpr, scope: Scope) -> Verdict:
    """The verdict on JSON_EXISTS, JSON_QUERY or JSON_VALUE."""
    span = span_of(expr, scope)
    for part in (expr.context, expr.path):
        given = judge.verdict(part, scope)
        if given.nullable:
            return maybe("a NULL context item or path gives NULL", span, given)
    if expr.op == "exists" and (expr.on_error is None or expr.on_error.kind != "unknown"):
        return never(proof_rules.JSON, "JSON_EXISTS", span)
    behaviors = (expr.on_empty, expr.on_error)
    covered = all(each is not None and each.kind in _JSON_VALUES for each in behaviors)
    if expr.op == "query" and expr.type in (oids.JSON, oids.JSONB) and covered:
        return never(proof_rules.JSON, "JSON_QUERY with a value ON EMPTY and ON ERROR", span)
    return maybe("the path may find nothing, or a JSON null", span)


@judges(tree.JsonConstructor)
def json_constructor(judge: Judge, expr: tree.JsonConstructor, scope: Scope) -> Verdict:
    """The verdict on a JSON constructor."""
    span = span_of(expr, scope)
    if expr.op in ("object", "array"):
        return never(proof_rules.JSON, f"JSON_{expr.op.upper()}", span)
    return all_of(proof_rules.JSON, f"JSON {expr.op}", span, judge.verdicts(expr.args, scope))


@judges(tree.JsonPredicate)
def json_predicate(judge: Judge, expr: tree.JsonPredicate, scope: Scope) -> Verdict:
    """The verdict on IS JSON."""
    return all_of(
        proof_rules.JSON, "IS JSON", span_of(expr, scope), [judge.verdict(expr.operand, scope)]
    )


@judges(tree.XmlExpr)
def xml(judge: Judge, expr: tree.XmlExpr, scope: Scope) -> Verdict:
    """The verdict on an XML constructor."""
    span = span_of(expr, scope)
    if expr.op == "element":
        return never(proof_rules.CONSTRUCTED, "XMLELEMENT", span)
    parts = judge.verdicts((*expr.named_args, *expr.args), scope)
    if expr.op in ("concat", "forest"):
        return any_of(proof_rules.ONE_ARGUMENT, f"XML{expr.op.upper()}", span, parts)
    return all_of(proof_rules.STRICT, f"XML{expr.op.upper()}", span, parts)

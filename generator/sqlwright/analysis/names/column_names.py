"""The name PostgreSQL gives to an output column without AS (its FigureColname)."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.tree.traversal import not_into_queries, walk
from sqlwright.sql import nodes

_UNNAMED = "?column?"
_WEAK, _STRONG = 1, 2
_Found = tuple[int, str] | None

_FIXED: dict[type, str] = {
    nodes.NullIf: "nullif",
    nodes.Grouping: "grouping",
    nodes.MergeAction: "merge_action",
    nodes.ArrayLiteral: "array",
    nodes.Row: "row",
    nodes.Coalesce: "coalesce",
    nodes.JsonObject: "json_object",
    nodes.JsonArray: "json_array",
}

_NAMELESS = frozenset((nodes.Const, nodes.ParamRef, nodes.Operation, nodes.BoolOperation))


def figure_column_name(node: nodes.Expr, expr: tree.Expr | None = None) -> str:
    """The name of a column that shows `node`; `expr` is what it was analysed to, where known."""
    found = _figure(node, expr)
    return found[1] if found is not None else _UNNAMED


def figure_field_name(node: nodes.Expr, expr: tree.Expr) -> str:
    """The same for a field of a row, which only a name of its own gives one: that of the type a
    constant is cast to says nothing of a field. Empty where there is none."""
    found = _figure(node, expr)
    return found[1] if found is not None and found[0] == _STRONG else ""


def figure_index_column_name(node: nodes.Expr) -> str | None:
    """Like `figure_column_name`, but None where nothing in the expression gives a name."""
    found = _figure(node, None)
    return found[1] if found is not None else None


def _figure(node: nodes.Expr, expr: tree.Expr | None) -> _Found:
    if type(node) in _NAMELESS:
        return None
    fixed = _FIXED.get(type(node))
    if fixed is not None:
        return _STRONG, fixed
    if isinstance(node, nodes.ColumnRef):
        return (_STRONG, node.fields[-1]) if node.fields else None
    if isinstance(node, nodes.FuncCall):
        return _STRONG, node.name[-1]
    if isinstance(node, nodes.Indirection):
        names = [step.name for step in node.steps if isinstance(step, nodes.FieldStep)]
        return (_STRONG, names[-1]) if names else _figure(node.operand, expr)
    if isinstance(node, nodes.Collate):
        return _figure(node.operand, expr)
    if isinstance(node, nodes.TypeCast):
        return _strong_or(_figure(node.operand, expr), node.type_name.names[-1])
    if isinstance(node, nodes.Case):
        default = _figure(node.default, expr) if node.default is not None else None
        return _strong_or(default, "case")
    if isinstance(node, nodes.SubLink):
        return _figure_sublink(node, expr)
    return _figure_keyword(node)


def _strong_or(found: _Found, name: str) -> _Found:
    """The name found inside if it is a strong one, else a weak one of this kind of expression."""
    return found if found is not None and found[0] == _STRONG else (_WEAK, name)


def _figure_keyword(node: nodes.Expr) -> _Found:
    if isinstance(node, nodes.MinMax):
        return _STRONG, node.op
    if isinstance(node, nodes.SqlValue):
        return _STRONG, node.name
    if isinstance(node, nodes.XmlCall):
        return (_STRONG, f"xml{node.op}") if node.op != "document" else None
    if isinstance(node, nodes.JsonParse):
        return _STRONG, "json" if node.op == "json" else f"json_{node.op}"
    if isinstance(node, nodes.JsonAggregate):
        return _STRONG, "json_arrayagg" if node.key is None else "json_objectagg"
    if isinstance(node, nodes.JsonQueryCall):
        return _STRONG, f"json_{node.op}"
    return None


def _figure_sublink(node: nodes.SubLink, expr: tree.Expr | None) -> _Found:
    if node.kind in ("exists", "array"):
        return _STRONG, node.kind
    if node.kind != "scalar":
        return None
    select = node.query
    while select.left is not None:
        select = select.left
    if select.values:
        return _STRONG, "column1"
    target = select.targets[0] if select.targets else None
    if target is None:
        return None
    if target.name is not None:
        return _STRONG, target.name
    return _STRONG, _analysed_name(node, expr) or figure_column_name(target.expr)


def _analysed_name(node: nodes.SubLink, expr: tree.Expr | None) -> str | None:
    """The name of a subquery's first column, which a star in it alone does not tell."""
    if expr is None:
        return None
    for part in walk(expr, not_into_queries):
        if isinstance(part, tree.SubLink) and part.start == node.start and part.query.output:
            return part.query.output[0].name
    return None

"""Expressions written out again with every operand in parentheses."""

from __future__ import annotations

from sqlwright.sql import nodes


def parenthesised(expr: nodes.Expr) -> str:
    """SQL whose nesting is that of the tree, whatever the operators' precedence is."""
    match expr:
        case nodes.ColumnRef(fields=fields):
            return ".".join(fields)
        case nodes.Const(kind=kind, value=value):
            return f"'{value}'" if kind == "string" else value or kind
        case nodes.TypeCast(operand=operand, type_name=type_name):
            return f"({parenthesised(operand)})::{'.'.join(type_name.names)}"
        case nodes.Operation(name=name, left=None, right=right):
            return f"(OPERATOR({'.'.join(name)}) {parenthesised(right)})"
        case nodes.Operation(name=name, left=left, right=right) if left is not None:
            return f"({parenthesised(left)} OPERATOR({'.'.join(name)}) {parenthesised(right)})"
        case nodes.BoolOperation(op="not", operands=(operand,)):
            return f"(NOT {parenthesised(operand)})"
        case nodes.BoolOperation(op=op, operands=operands):
            return "(" + f" {op} ".join(map(parenthesised, operands)) + ")"
        case nodes.NullTest(operand=operand, negated=negated):
            return f"({parenthesised(operand)} IS {_not(negated)}NULL)"
        case nodes.BooleanTest(operand=operand, value=value, negated=negated):
            return f"({parenthesised(operand)} IS {_not(negated)}{value})"
        case nodes.DistinctTest(left=left, right=right, negated=negated):
            return f"({parenthesised(left)} IS {_not(negated)}DISTINCT FROM {parenthesised(right)})"
        case nodes.Row(items=items):
            return f"ROW({_list(items)})"
        case nodes.ArrayLiteral(items=items):
            return f"ARRAY[{_list(items)}]"
        case _:
            return _in_words(expr)


def _in_words(expr: nodes.Expr) -> str:
    match expr:
        case nodes.LikeOperation(left=left, pattern=pattern, escape=escape):
            word = "SIMILAR TO" if expr.kind == "similar" else expr.kind
            end = f" ESCAPE {parenthesised(escape)}" if escape is not None else ""
            text = f"{parenthesised(left)} {_not(expr.negated)}{word} {parenthesised(pattern)}"
            return f"({text}{end})"
        case nodes.BetweenOperation(operand=operand, low=low, high=high):
            how = "SYMMETRIC " if expr.symmetric else ""
            bounds = f"{parenthesised(low)} AND {parenthesised(high)}"
            return f"({parenthesised(operand)} {_not(expr.negated)}BETWEEN {how}{bounds})"
        case nodes.InList(operand=operand, items=items, negated=negated):
            return f"({parenthesised(operand)} {_not(negated)}IN ({_list(items)}))"
        case nodes.ArrayOperation(name=name, left=left, quantifier=quantifier, array=array):
            operator = f"OPERATOR({'.'.join(name)}) {quantifier}"
            return f"({parenthesised(left)} {operator} ({parenthesised(array)}))"
        case nodes.FuncCall(name=(_, "timezone"), args=(zone, value)):
            return f"({parenthesised(value)} AT TIME ZONE {parenthesised(zone)})"
        case nodes.FuncCall(name=(_, "timezone"), args=(value,)):
            return f"({parenthesised(value)} AT LOCAL)"
        case nodes.FuncCall(name=(_, "overlaps"), args=args):
            return f"(({_list(args[:2])}) OVERLAPS ({_list(args[2:])}))"
        case nodes.FuncCall(name=name, args=args):
            return f"{'.'.join(name)}({_list(args)})"
    raise TypeError(f"no text for {expr}")


def _list(items: tuple[nodes.Expr, ...]) -> str:
    return ", ".join(map(parenthesised, items))


def _not(negated: bool) -> str:
    return "NOT " if negated else ""

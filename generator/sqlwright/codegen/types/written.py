"""Python types that a user wrote, in the configuration or in a comment, as values."""

from __future__ import annotations

import ast

from sqlwright.codegen.types.python_type import PythonType, of_module, union
from sqlwright.diagnostics import Diagnostic, DiagnosticError


def written_type(text: str) -> PythonType:
    """The type that `text` describes; names with dots are of the module before the last dot.

    Raises DiagnosticError for text that is no expression.
    """
    try:
        return _type(ast.parse(text.strip(), mode="eval").body, text.strip())
    except SyntaxError:
        message = f"`{text}` is not a type of Python"
        raise DiagnosticError(Diagnostic("invalid-config", "error", message)) from None


def _type(node: ast.expr, text: str) -> PythonType:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return union(_type(node.left, text), _type(node.right, text))
    if isinstance(node, ast.Subscript):
        inner = node.slice
        arguments = inner.elts if isinstance(inner, ast.Tuple) and inner.elts else [inner]
        return _type(node.value, text).of(*(_type(item, text) for item in arguments))
    if isinstance(node, ast.List) and node.elts:
        return PythonType().of(*(_type(item, text) for item in node.elts))
    written = ast.get_source_segment(text, node) or ""
    if isinstance(node, ast.Attribute):
        module, _, name = written.rpartition(".")
        return of_module(module, name)
    return PythonType(written, is_class=isinstance(node, ast.Name) and written != "None")

"""Python types as people write them in comments and configurations: parsed, never run.

A type is a name with its module (or a builtin's), a name with arguments in brackets, or several
types joined by `|`. Constants stand in `typing.Literal[...]` alone: elsewhere a text would be a
forward reference, which libraries evaluate.
"""

from __future__ import annotations

import ast
import builtins
import keyword
import sys
import warnings
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import find_spec
from typing import NoReturn

from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class TypeName:
    """A class, an alias or a function; `module` is empty for a builtin. What is of a class has it
    in its name."""

    module: str
    name: str

    def __str__(self) -> str:
        return f"{self.module}.{self.name}" if self.module else self.name


@dataclass(frozen=True, slots=True)
class Constant:
    """`None`, `...`, or a constant of a `Literal`, as Python text."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Subscripted:
    """`outer[arguments]`."""

    outer: TypeName
    arguments: tuple[TypeExpression, ...]

    def __str__(self) -> str:
        return f"{self.outer}[{', '.join(map(str, self.arguments)) or '()'}]"


@dataclass(frozen=True, slots=True)
class UnionOf:
    """Types joined by `|`."""

    members: tuple[TypeExpression, ...]

    def __str__(self) -> str:
        return " | ".join(map(str, self.members))


TypeExpression = TypeName | Constant | Subscripted | UnionOf


class TypeTextError(ValueError):
    """A text that is no type, or no function's name: why, and which characters of it."""

    def __init__(self, message: str, help: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message, self.help, self.start, self.end = message, help, start, end


def _modules_in(parts: list[str]) -> int:
    """How many parts of a dotted name are its module. In the standard library a class may stand
    before the last one, as in `datetime.date.fromisoformat`; of other packages nothing is looked
    at, so that all parts but the last are the module."""
    if len(parts) < 3 or parts[0] not in sys.stdlib_module_names:
        return len(parts) - 1
    # Found without being imported, since to import some modules does something.
    spec, at = find_spec(parts[0]), 1
    while spec is not None and spec.submodule_search_locations and at < len(parts) - 1:
        inner = ".".join(parts[: at + 1])
        spec = PathFinder.find_spec(inner, spec.submodule_search_locations)
        at += spec is not None
    return at


def names(expression: TypeExpression) -> Iterator[TypeName]:
    """Every name in a type."""
    if isinstance(expression, TypeName):
        yield expression
    elif isinstance(expression, Subscripted):
        yield expression.outer
        for argument in expression.arguments:
            yield from names(argument)
    elif isinstance(expression, UnionOf):
        for member in expression.members:
            yield from names(member)


@lru_cache(maxsize=4096)
def parse_type(text: str) -> TypeExpression:
    """The type that a text is. Raises TypeTextError for anything else."""
    reader = _Reader(text, "a Python type", _TYPE_FORM)
    try:
        return reader.type(reader.parsed())
    except RecursionError:
        reader.refuse(None, f"`{_shown(text)}` is nested too deeply for a Python type")


@lru_cache(maxsize=4096)
def parse_function(text: str) -> TypeName:
    """The function that a text names. Raises TypeTextError for anything else, and for builtins
    that run text."""
    reader = _Reader(text, "the name of a function", _FUNCTION_FORM)
    try:
        node = reader.parsed()
        found = reader.dotted(node)
    except RecursionError:
        reader.refuse(None, f"`{_shown(text)}` is nested too deeply for the name of a function")
    known = getattr(builtins, found.name, None)
    if found.module in ("", "builtins"):
        if found.name in _RUN_TEXT:
            reader.refuse(node, f"`{found}` runs the text it is given", _FUNCTION_FORM)
        if not callable(known):
            reader.refuse(node, f"`{found}` names no module", _FUNCTION_FORM)
    return found


_TYPE_FORM = (
    "a type is a name with its module, `my_app.types.Email`, one with arguments, "
    "`list[my_app.types.Email]`, or several joined by `|`; give a longer one a name in a module"
)
_FUNCTION_FORM = "name a function with its module, `my_app.types.read_email`, or a builtin class"
_RUN_TEXT = frozenset({"__import__", "breakpoint", "compile", "eval", "exec", "input", "open"})
_LITERAL = frozenset({"typing.Literal", "typing_extensions.Literal"})
_WELL_KNOWN = ("collections.abc", "typing", "datetime", "decimal", "uuid")
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Reader:
    """One text being read; `form` is the advice that goes with every refusal."""

    text: str
    what: str
    form: str

    def parsed(self) -> ast.expr:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(self.text.strip(), mode="eval").body
        except (SyntaxError, ValueError, MemoryError):
            self.refuse(None)

    def type(self, node: ast.expr) -> TypeExpression:
        if isinstance(node, ast.Constant) and node.value is None:
            return Constant("None")
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            sides = (self.type(node.left), self.type(node.right))
            return UnionOf(tuple(member for side in sides for member in _members(side)))
        if isinstance(node, ast.Subscript):
            return self._subscript(node)
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes | int):
            self.refuse(node, f"a constant is a type only in `typing.Literal[{_constant(node)}]`")
        found = self.dotted(node)
        if not found.module and not isinstance(getattr(builtins, found.name, None), type):
            self._refuse_bare(node, found.name)
        return found

    def _subscript(self, node: ast.Subscript) -> Subscripted:
        outer = self.type(node.value)
        if not isinstance(outer, TypeName):
            self.refuse(node.value)
        listed = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        read = self._literal if str(outer) in _LITERAL else self._argument
        return Subscripted(outer, tuple(map(read, listed)))

    def _argument(self, node: ast.expr) -> TypeExpression:
        if isinstance(node, ast.Constant) and node.value is ...:
            return Constant("...")
        return self.type(node)

    def _literal(self, node: ast.expr) -> TypeExpression:
        if isinstance(node, ast.Attribute):
            return self.dotted(node)  # a member of an enum
        if (text := _constant(node)) is None:
            self.refuse(node, f"`{_shown(self._of(node))}` is no constant")
        return Constant(text)

    def dotted(self, node: ast.expr) -> TypeName:
        """A name with its module. Python reads names in their NFKC form, as `ast` gives them."""
        parts: list[str] = []
        inner = node
        while isinstance(inner, ast.Attribute):
            parts.append(inner.attr)
            inner = inner.value
        if not isinstance(inner, ast.Name):
            self.refuse(node)
        parts.append(inner.id)
        parts.reverse()
        if any(map(keyword.iskeyword, parts)):
            self.refuse(node)
        at = _modules_in(parts)
        if parts[0] != "builtins" and at and hasattr(builtins, parts[0]):
            self.refuse(node, f"`{parts[0]}` is a builtin and not a module")
        return TypeName(".".join(parts[:at]), ".".join(parts[at:]))

    def _refuse_bare(self, node: ast.expr, name: str) -> NoReturn:
        known = next((each for each in _WELL_KNOWN if hasattr(import_module(each), name)), None)
        shown = _shown(name)
        advice = f"name it with its module, `my_app.types.{shown}`; only builtin classes need none"
        if known is not None:
            advice = f"write `{known}.{name}`"
        self.refuse(node, f"`{shown}` has no module", advice)

    def refuse(
        self, node: ast.expr | None, message: str | None = None, help: str | None = None
    ) -> NoReturn:
        message = message or f"`{_shown(self.text.strip())}` is not {self.what}"
        raise TypeTextError(message, help or self.form, *self._place(node))

    def _of(self, node: ast.expr) -> str:
        start, end = self._place(node)
        return self.text[start:end]

    def _place(self, node: ast.expr | None) -> tuple[int, int]:
        """Where a node stands in the text; `ast` counts the bytes of a line."""
        stripped = self.text.strip()
        lead = self.text.find(stripped)
        if node is None or node.end_lineno is None or node.end_col_offset is None:
            return lead, lead + max(1, len(stripped))
        lines = stripped.splitlines(keepends=True)
        ends = ((node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset))
        start, end = (
            sum(map(len, lines[: line - 1])) + len(lines[line - 1].encode()[:column].decode())
            for line, column in ends
        )
        return lead + start, lead + end


def _members(side: TypeExpression) -> tuple[TypeExpression, ...]:
    return side.members if isinstance(side, UnionOf) else (side,)


def _constant(node: ast.expr) -> str | None:
    """The text of a constant that a `Literal` may have, None for anything else."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = node.operand
        whole = isinstance(inner, ast.Constant) and type(inner.value) is int
        return f"-{inner.value!r}" if whole and isinstance(inner, ast.Constant) else None
    if not isinstance(node, ast.Constant):
        return None
    if isinstance(node.value, str | bytes):
        return _quoted(node.value)
    return repr(node.value) if isinstance(node.value, int | None) else None


def _quoted(value: str | bytes) -> str:
    """A text in double quotes, or in single ones where that needs fewer escapes."""
    text = ascii(value)
    mark = "b" if isinstance(value, bytes) else ""
    if isinstance(value, str) and value.isprintable():
        text = repr(value)
    body = text.removeprefix("b")[1:-1]
    if text[-1] == "'" and '"' not in body:
        text = mark + '"' + body.replace("\\'", "'") + '"'
    return text


def _shown(text: str) -> str:
    plain = "".join(each if each.isprintable() else " " for each in text)
    return plain if len(plain) <= _LONGEST_SHOWN else f"{plain[:_LONGEST_SHOWN]}…"

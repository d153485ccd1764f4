"""Data classes written out by hand, as it were.

To mypyc a class under a decorator that it does not know is an ordinary one, with attributes in a
dict and a constructor in Python. Written out, it has them in a struct, and is made by a call in C.
`sqlwright.dataclass` knows such classes by their `__written_out__`.
"""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, Field
from functools import cache
from pathlib import Path
from textwrap import indent
from typing import Any

from sqlwright.dataclass import dataclass

MEMBERS = "__dataclass_fields__"
INDENT = " " * 4
SHOWN = "_value_shown"
"""The name of `sqlwright.dataclass.shown` in a module."""


@dataclass(frozen=True)
class WrittenOut:
    """The members of a class, and the modules whose names their annotations use: those of the
    classes that it has fields from."""

    members: str
    modules: tuple[str, ...] = ()


def is_data_class(node: ast.ClassDef) -> bool:
    """Whether the class is under our decorator."""
    return any(ast.unparse(each).split("(")[0] == "dataclass" for each in node.decorator_list)


def written_out(cls: Any, node: ast.ClassDef) -> WrittenOut:
    """What the decorator does for a class, as text. The class is the one that the node defines."""
    every = list(cls.__dataclass_fields__.values())
    given = [item for item in every if item.init]
    copied = "" if hasattr(cls, "__post_init__") else _copying(cls, given)
    inherits = any(MEMBERS in base.__dict__ for base in cls.__mro__[1:])
    if inherits and not own_fields(cls):
        return WrittenOut(copied)
    asked = _asked(node)
    own = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    methods = [_constructor(cls, every, given), copied]
    if "__repr__" not in own:
        named = tuple(item.name for item in every if item.repr)
        methods.append(_function("__repr__(self) -> str", f"return {SHOWN}(self, {named!r})"))
    compared = [item.name for item in every if item.compare]
    if asked.get("eq", True):
        methods += [_equality(cls, compared)] if "__eq__" not in own else []
        if asked.get("frozen") and "__hash__" not in own:
            methods.append(_function("__hash__(self) -> int", f"return hash({_values(compared)})"))
    if asked.get("order"):
        methods.append(_order(cls, compared))
    if "__reduce__" not in own:
        fixed = asked.get("frozen") or hasattr(cls, "__post_init__")
        open_ones = () if fixed else tuple(each for each in given if _may_be_none(cls, each))
        methods.append(_reduction(_in_order(given), open_ones))
    listed = tuple((item.name, ast.unparse(_declared(cls, item).annotation)) for item in every)
    methods.append(f"__written_out__: ClassVar[tuple[tuple[str, str], ...]] = {listed!r}\n")
    owners = {_owner(cls, item).__module__ for item in every}
    return WrittenOut("".join(methods), tuple(sorted(owners - {cls.__module__})))


def own_fields(cls: Any) -> dict[str, ast.AnnAssign]:
    """The fields that a class adds to those of its bases, as they are written."""
    return {
        each.target.id: each
        for each in class_node(cls).body
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
    }


@cache
def class_node(cls: Any) -> ast.ClassDef:
    """The definition of a class."""
    body = tree_of(cls.__module__).body
    return next(
        each for each in body if isinstance(each, ast.ClassDef) and each.name == cls.__name__
    )


def alias_of(module: str) -> str:
    """The name under which annotations reach the names of another module."""
    return "_of_" + module.replace(".", "_")


@cache
def tree_of(module: str) -> ast.Module:
    """What a module of ours says, which is imported by now."""
    return ast.parse(Path(sys.modules[module].__file__ or "").read_text(encoding="utf-8"))


def _asked(node: ast.ClassDef) -> dict[str | None, Any]:
    """The decorator's arguments, all of which are True or False."""
    calls = (each for each in node.decorator_list if isinstance(each, ast.Call))
    return {
        each.arg: each.value.value
        for call in calls
        for each in call.keywords
        if isinstance(each.value, ast.Constant)
    }


def _owner(cls: Any, item: Field[Any]) -> Any:
    """The class that has declared a field last."""
    having = (base for base in cls.__mro__ if MEMBERS in base.__dict__)
    return next(base for base in having if item.name in own_fields(base))


def _declared(cls: Any, item: Field[Any]) -> ast.AnnAssign:
    return own_fields(_owner(cls, item))[item.name]


def _annotation(cls: Any, item: Field[Any]) -> str:
    """A field's type, as the module of the class may write it."""
    owner, written = _owner(cls, item), ast.unparse(_declared(cls, item).annotation)
    if owner is cls:
        return written
    return ast.unparse(_Qualified(alias_of(owner.__module__)).visit(ast.parse(written)))


class _Qualified(ast.NodeTransformer):
    """Puts the name of a module before all names that are not Python's own."""

    def __init__(self, module: str) -> None:
        self.module = module

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if hasattr(builtins, node.id):
            return node
        return ast.Attribute(ast.Name(self.module, ast.Load()), node.id, ast.Load())


def _in_order(given: Iterable[Field[Any]]) -> list[Field[Any]]:
    """The parameters, those with a default last, which may be given by place here: all who make
    such values give them by name where the decorator wants it."""
    return sorted(
        sorted(given, key=lambda item: bool(item.kw_only)),
        key=lambda item: item.default is not MISSING or item.default_factory is not MISSING,
    )


def _constructor(cls: Any, every: list[Field[Any]], given: list[Field[Any]]) -> str:
    parameters = [_parameter(cls, item) for item in _in_order(given)]
    lines = [_assignment(cls, item) for item in every]
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    return _function(f"__init__({', '.join(['self', *parameters])}) -> None", *filter(None, lines))


def _parameter(cls: Any, item: Field[Any]) -> str:
    typed = f"{item.name}: {_annotation(cls, item)}"
    if item.default_factory is not MISSING:
        return f"{typed} | None = None"
    return typed if item.default is MISSING else f"{typed} = {_said(cls, item, 'default')}"


def _assignment(cls: Any, item: Field[Any]) -> str:
    if item.default_factory is not MISSING:
        made = _called(_said(cls, item, "default_factory"))
        if not item.init:
            return f"self.{item.name} = {made}"
        kept = f"if {item.name} is None:\n{INDENT}self.{item.name} = {made}\nelse:\n"
        return f"{kept}{INDENT}self.{item.name} = {item.name}"
    if item.init:
        return f"self.{item.name} = {item.name}"
    default = item.default is not MISSING
    return f"self.{item.name} = {_said(cls, item, 'default')}" if default else ""


def _said(cls: Any, item: Field[Any], word: str) -> str:
    """A field's default or what makes it, as written."""
    value = _declared(cls, item).value
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "field":
        value = next(each.value for each in value.keywords if each.arg == word)
    assert value is not None
    return ast.unparse(value)


def _called(factory: str) -> str:
    words = "lambda: "
    return factory.removeprefix(words) if factory.startswith(words) else f"{factory}()"


def _copying(cls: Any, given: list[Field[Any]]) -> str:
    arguments = ", ".join(f"{item.name}=self.{item.name}" for item in given)
    head = f"__copied__(self) -> {cls.__name__}"
    return _function(head, f"return {cls.__name__}({arguments})")


def _equality(cls: Any, compared: list[str]) -> str:
    same = " and ".join(f"self.{name} == other.{name}" for name in compared) or "True"
    return _function(
        "__eq__(self, other: Any) -> bool",
        f"if self is other:\n{INDENT}return True",
        f"if not isinstance(other, {cls.__name__}) or other.__class__ is not self.__class__:\n"
        f"{INDENT}return NotImplemented",
        f"return bool({same})",
    )


def _order(cls: Any, compared: list[str]) -> str:
    others = _values(compared, "other")
    return _function(
        f"__lt__(self, other: {cls.__name__}) -> bool", f"return {_values(compared)} < {others}"
    )


def _may_be_none(cls: Any, item: Field[Any]) -> bool:
    return item.default_factory is MISSING and _annotation(cls, item).endswith("| None")


def _reduction(given: list[Field[Any]], open_ones: Sequence[Field[Any]] = ()) -> str:
    """How a value is packed. One of a class without a dict cannot be otherwise. A circle can lead
    through a value that may change, by what it did not have as it was made: those fields are
    `open_ones`, and set when it is there."""
    values = _values([item.name for item in given])
    if not open_ones:
        return _function("__reduce__(self) -> Any", f"return self.__class__, {values}")
    names = [item.name for item in open_ones]
    first = "".join("None, " if each.name in names else f"self.{each.name}, " for each in given)
    later = [f"self.{name} = state[{at}]" for at, name in enumerate(names)]
    return _function(
        "__reduce__(self) -> Any", f"return self.__class__, ({first}), {_values(names)}"
    ) + _function("__setstate__(self, state: Any) -> None", *later)


def _values(names: list[str], value: str = "self") -> str:
    return f"({''.join(f'{value}.{name}, ' for name in names)})"


def _function(head: str, *lines: str) -> str:
    return f"def {head}:\n{indent(chr(10).join(lines) or 'pass', INDENT)}\n\n"

"""Modules rewritten for mypyc: the same program, in the constructs that it makes fast or takes."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from textwrap import indent
from typing import Any

from sqlwright.dataclass import dataclass

from compiling.data_classes import (
    INDENT,
    SHOWN,
    alias_of,
    is_data_class,
    own_fields,
    tree_of,
    written_out,
)

_FUTURE = "from __future__ import annotations\n"
_MAKER = "maker"


@dataclass(frozen=True)
class Edit:
    """Lines `first` up to, not including, `end` of a module, counted from 0, and what they become.
    Of two edits in one place the one that is given first stands first."""

    first: int
    end: int
    text: str = ""


@dataclass(frozen=True)
class Rewriting:
    """What becomes of a module, besides new lines at its head."""

    edits: tuple[Edit, ...] = ()
    imports: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    """Modules that annotations alone use."""


class Rewriter:
    """Rewrites the modules of the package, which is imported as it is. `chains` are classes that
    have several bases among them: the last of a line of classes, each with its bases behind it."""

    def __init__(self, chains: Iterable[type]) -> None:
        self._base: dict[type, type] = {}
        for last in chains:
            line = last.__mro__[:-1]
            for one, following in pairwise(line):
                if one.__bases__ != (following,):
                    self._base[one] = following

    def rewritten(self, name: str, text: str) -> str:
        """The text of a module of this name."""
        tree, lines = ast.parse(text), text.splitlines(keepends=True)
        module = importlib.import_module(name)
        parts = [*self._classes(tree, module, lines), _makers(tree, module, lines)]
        edits = [edit for part in parts for edit in part.edits]
        for edit in sorted(edits, key=lambda each: (each.first, each.end), reverse=True):
            lines[edit.first : edit.end] = [edit.text]
        if any(part.edits for part in parts):
            _add_head(lines, parts)
        return "".join(lines)

    def _classes(self, tree: ast.Module, module: Any, lines: list[str]) -> Iterator[Rewriting]:
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                cls = getattr(module, node.name)
                yield self._bases(node, cls)
                yield Rewriting(tuple(_cached_properties(node, lines)))
                yield _data_class(node, cls) if is_data_class(node) else _plain_class(node)

    def _bases(self, node: ast.ClassDef, cls: type) -> Rewriting:
        """One base for a class of several, which mypyc does not know: what is next in the order in
        which methods are looked for, so that each is found where it was."""
        if cls not in self._base:
            return Rewriting()
        base = self._base[cls]
        head = Edit(
            node.lineno - 1, node.body[0].lineno - 1, f"class {node.name}({base.__name__}):\n"
        )
        here = base.__module__ == cls.__module__
        imports = () if here else (f"from {base.__module__} import {base.__name__}\n",)
        return Rewriting((head,), frozenset(imports))


def _data_class(node: ast.ClassDef, cls: Any) -> Rewriting:
    written = written_out(cls, node)
    decorators = Edit(node.decorator_list[0].lineno - 1, node.lineno - 1)
    without_defaults = [
        Edit(
            each.lineno - 1,
            each.end_lineno or 0,
            f"{INDENT}{name}: {ast.unparse(each.annotation)}\n",
        )
        for name, each in own_fields(cls).items()
        if each.value is not None
    ]
    end = node.end_lineno or 0
    members = Edit(end, end, "\n" + indent(written.members, INDENT))
    return Rewriting((decorators, *without_defaults, members), types=frozenset(written.modules))


def _plain_class(node: ast.ClassDef) -> Rewriting:
    """A class without its `__slots__`: all of a compiled one's attributes stand in slots."""
    slots = (
        Edit(each.lineno - 1, each.end_lineno or 0, f"{INDENT}pass\n")
        for each in node.body
        if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "__slots__"
    )
    return Rewriting(tuple(slots))


def _cached_properties(node: ast.ClassDef, lines: list[str]) -> Iterator[Edit]:
    """A property and an attribute for each `cached_property`, which wants a dict of attributes."""
    for each in node.body:
        if not isinstance(each, ast.FunctionDef) or not each.decorator_list:
            continue
        decorator = each.decorator_list[0]
        if ast.unparse(decorator) != "cached_property" or each.returns is None:
            continue
        name, kind = each.name, ast.unparse(each.returns)
        text = (
            f"_kept_{name}: {kind}\n\n"
            f"@property\ndef {name}(self) -> {kind}:\n"
            f"{INDENT}try:\n{INDENT * 2}return self._kept_{name}\n"
            f"{INDENT}except AttributeError:\n"
            f"{INDENT * 2}self._kept_{name} = self._made_{name}()\n"
            f"{INDENT * 2}return self._kept_{name}\n\n"
        )
        head = lines[each.lineno - 1].replace(f"def {name}(", f"def _made_{name}(")
        yield Edit(decorator.lineno - 1, each.lineno, indent(text, INDENT) + head)


def _makers(tree: ast.Module, module: Any, lines: list[str]) -> Rewriting:
    """Classes in place of the functions that make their values: a call of a compiled class is
    direct, that of a value in a variable is not."""
    edits = []
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (named := _names_of_made(node)):
            edits.append(Edit(node.lineno - 1, node.end_lineno or 0, named))
        if (kind := _kind_made(node)) is None:
            continue
        assert isinstance(node, ast.Assign)
        place = slice(node.lineno - 1, node.end_lineno)
        made, written = ast.unparse(node.targets[0]), ast.unparse(kind)
        text = ""
        if isinstance(kind, ast.Attribute):
            cls = getattr(getattr(module, ast.unparse(kind.value)), kind.attr)
            text = f"from {cls.__module__} import {cls.__name__} as {made}\n"
        else:
            spelt = re.compile(rf"\b{made}\b")
            others = [*range(place.start), *range(place.stop, len(lines))]
            for at in others:
                lines[at] = spelt.sub(written, lines[at])
        edits.append(Edit(place.start, place.stop, text))
    return Rewriting(tuple(edits))


def _kind_made(node: ast.stmt) -> ast.expr | None:
    """The class of which a statement names the function that makes its values."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
        return None
    return node.value.args[0] if ast.unparse(node.value.func) == _MAKER else None


def _names_of_made(node: ast.ImportFrom) -> str:
    """An import with classes under the names of functions that make their values."""
    assert node.module is not None
    if not node.module.startswith("sqlwright."):
        return ""
    made = _made_in(node.module)
    if not any(each.name in made for each in node.names):
        return ""
    names = (
        f"{made.get(each.name, each.name)} as {each.asname or each.name}" for each in node.names
    )
    return f"from {node.module} import {', '.join(names)}\n"


@cache
def _made_in(name: str) -> dict[str, str]:
    """The classes of a module of its own that it has functions for, by their names."""
    kinds = ((each, _kind_made(each)) for each in tree_of(name).body)
    return {
        ast.unparse(each.targets[0]): kind.id
        for each, kind in kinds
        if isinstance(each, ast.Assign) and isinstance(kind, ast.Name)
    }


def _add_head(lines: list[str], parts: list[Rewriting]) -> None:
    types = sorted({each for part in parts for each in part.types})
    head = [
        "from typing import TYPE_CHECKING, Any, ClassVar\n",
        f"from sqlwright.dataclass import shown as {SHOWN}\n",
    ]
    head += sorted({each for part in parts for each in part.imports})
    if types:
        head += ["if TYPE_CHECKING:\n"]
        head += [f"{INDENT}import {each} as {alias_of(each)}\n" for each in types]
    at = lines.index(_FUTURE) + 1
    lines[at:at] = head

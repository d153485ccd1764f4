"""The templates' engine: what code in them may ask for, and where they come from."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping, Sequence
from functools import cache
from typing import Any

import jinja2
from jinja2 import BaseLoader, Environment, PackageLoader, StrictUndefined, Template

from sqlwright.codegen.model import Code, Function, Import, Line
from sqlwright.render import compiled, definitions, import_block, layout, strings
from sqlwright.render.kept_code import KeptCode
from sqlwright.store import NOTHING, Store


@cache
def environment(store: Store) -> Environment:
    """The environment of a process. Templates that were compiled ahead of time are for the jinja2
    that compiled them."""
    if vars(jinja2).get("__version__") == compiled.JINJA2:
        return _environment(_Compiled(), None)
    return from_source(store)


def from_source(store: Store = NOTHING) -> Environment:
    """An environment that compiles the templates, unless the store has their code."""
    return _environment(PackageLoader("sqlwright.render"), KeptCode(store) if store else None)


class _Compiled(BaseLoader):
    """Has the templates that are modules."""

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        module = vars(compiled.TEMPLATES[name])
        return environment.template_class.from_module_dict(environment, module, globals or {})


def _environment(loader: BaseLoader, kept: KeptCode | None) -> Environment:
    made = Environment(
        bytecode_cache=kept,
        loader=loader,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    filters: dict[str, Callable[..., str]] = {
        "imports": _imports,
        "all": lambda names: _lines(import_block.all_lines(names)),
        "class_header": lambda name, bases: _lines(definitions.class_header(name, bases)),
        "field": lambda field: _lines(definitions.class_field(field)),
        "signature": _signature,
        "origin": _origin,
        "statement": _statement,
        "doc": lambda lines, indent: _lines(strings.docstring(lines, indent)),
        "sql": strings.sql_literal,
        "broken": _broken,
        "enum_member": lambda name, label: _lines(definitions.enum_member(name, label)),
    }
    made.filters.update(filters)
    return made


def _origin(sources: Sequence[str]) -> str:
    """The files of a module for its first line, where `coding:` and a word would tell Python how to
    read what follows."""
    return re.sub(
        r"coding([:=])", lambda found: rf"coding\x{ord(found[1]):02x}", " and ".join(sources)
    )


def _lines(lines: object) -> str:
    assert hasattr(lines, "__iter__")
    return "\n".join(lines)


def _imports(imports: Sequence[Import]) -> str:
    return _lines([*import_block.import_lines(imports), ""])


def _signature(function: Function, indent: str = "", end: str = ":") -> str:
    return _lines(definitions.signature(function, indent, end))


def _statement(line: Line, indent: str = "") -> str:
    return _lines(layout.statement(line, indent))


def _broken(code: Code, indent: str, after: str = ",") -> str:
    """Code in its place, without the indentation of its first line and what follows it."""
    lines = _lines(layout.broken(code, indent, "", after))
    return lines.removeprefix(indent).removesuffix("," if after == "," else "")

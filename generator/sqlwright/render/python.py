"""Render a package: templates for the shape of each file, `layout` for its line breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from sqlwright.codegen.model import Code, Function, Import, Line, Package
from sqlwright.codegen.options import USUAL_LINE_LENGTH
from sqlwright.render import definitions, import_block, layout, strings
from sqlwright.render.kept_code import KeptCode
from sqlwright.render.support_files import MARK, OUTPUT_FORMAT, OutputFile, support_files
from sqlwright.render.width import lines_of
from sqlwright.store import NOTHING, Store


def prepare(store: Store = NOTHING) -> None:
    """Load the templates that all packages need."""
    for name in ("init", "models", "querier", "queries"):
        _environment(store).get_template(_file(name))


def render_package(package: Package, store: Store = NOTHING) -> tuple[OutputFile, ...]:
    """Every file of a package, in order of their paths."""
    with lines_of(package.line_length):
        return _rendered(package, store)


def _rendered(package: Package, store: Store) -> tuple[OutputFile, ...]:
    environment = _environment(store)
    rendered = [
        _render(environment, "init", "__init__.py", package),
        _render(environment, "models", "models.py", package.models),
        _render(environment, "querier", "querier.py", package.querier),
        *(_render(environment, "queries", f"{m.name}.py", m) for m in package.queries),
    ]
    if package.runtime is None:
        unusual = package.line_length != USUAL_LINE_LENGTH
        rendered += support_files(package.support.modules, unusual=unusual)
    if package.exceptions is not None:
        rendered.append(_render(environment, "exceptions", "exceptions.py", package.exceptions))
    if package.warm_up:
        rendered.append(_render(environment, "warm", "_warm.py", package))
    return tuple(sorted(rendered, key=lambda file: file.path))


def _render(environment: Environment, template: str, path: str, module: object) -> OutputFile:
    text = environment.get_template(_file(template)).render(
        module=module, mark=MARK, output_format=OUTPUT_FORMAT
    )
    return OutputFile(path, text)


def _file(template: str) -> str:
    return f"{template}.py.jinja"


@cache
def _environment(store: Store) -> Environment:
    environment = Environment(
        bytecode_cache=KeptCode(store) if store else None,
        loader=PackageLoader("sqlwright.render"),
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
    environment.filters.update(filters)
    return environment


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

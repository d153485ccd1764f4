"""Compile the templates of generated files to plain functions: `render/compiled`.

python -m generator.tools.compile_templates

jinja2 reads them; what it makes of them asks it again and again as it runs, where a function that
knows the classes of what it is given does with attributes and calls. So jinja2 is of no use to who
runs the program, and mypy sees a template that asks for what is not there. Of jinja2's language
there is what the templates are written in: text, attributes, filters with arguments, `~`, lists,
`if`, `for` with `else`, macros, and `import`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes

RENDER = Path(__file__).resolve().parents[1] / "sqlwright" / "render"
TEMPLATES = RENDER / "templates"
COMPILED = RENDER / "compiled"

MODULES = {
    "exceptions": "ExceptionsModule",
    "init": "Package",
    "models": "ModelsModule",
    "querier": "QuerierModule",
    "queries": "QueryModule",
    "warm": "Package",
}
"""The class of what each template is given as `module`."""
PARAMETERS = {
    "row_class": {"made": "RowClass"},
    "function": {"made": "Function", "indent": "str"},
    "signature_only": {"made": "Function", "indent": "str"},
    "new_type": {"item": "NewTypeAlias"},
    "variants": {"constant": "str", "made": "VariantsCode"},
}
"""The classes of what macros are given."""
CONSTANTS = {"mark": "MARK", "output_format": "OUTPUT_FORMAT"}
"""What every template may ask for, by the names in `support_files`."""
LONG = 60
"""Characters above which text is written a line at a time."""


class UnknownConstructError(Exception):
    """A template has what no code is made of; the message says what and where."""


def environment() -> Environment:
    """What the templates are written for."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )


def compiled() -> dict[str, str]:
    """The texts of the modules by the names of their files."""
    made = {}
    for path in sorted(TEMPLATES.iterdir()):
        tree = environment().parse(path.read_text(encoding="utf-8"), path.name, str(path))
        made[f"{_name(path.name)}.py"] = _formatted("\n".join(Module(path.name).lines(tree)))
    made["__init__.py"] = '"""The templates as functions; `make templates` writes them."""\n'
    return made


def _name(template: str) -> str:
    return template.partition(".")[0]


def _formatted(text: str) -> str:
    command = (sys.executable, "-m", "ruff", "format", "--stdin-filename", COMPILED / "any.py")
    return subprocess.run(command, input=text, stdout=subprocess.PIPE, text=True, check=True).stdout


class Module:
    """One template as a module: its macros as functions, and all else as `render`."""

    def __init__(self, template: str) -> None:
        self._template = template
        self._imported: set[str] = set()
        self._used: set[str] = set()
        self._classes: set[str] = set()

    def lines(self, tree: nodes.Template) -> Iterator[str]:
        """The source of the module, in any layout. Raises UnknownConstructError."""
        functions = list(self.functions(tree))
        yield f'"""Of {self._template}; `make templates` writes it."""'
        yield "from __future__ import annotations\n"
        yield f"from sqlwright.codegen.model import {', '.join(sorted(self._classes - {'str'}))}"
        yield f"from sqlwright.render import {', '.join(sorted(self._used))}"
        for name in sorted(self._imported):
            yield f"from sqlwright.render.compiled import {name}"
        yield from functions

    def functions(self, tree: nodes.Template) -> Iterator[str]:
        """The source of its functions alone. Raises UnknownConstructError."""
        for node in tree.body:
            if isinstance(node, nodes.Macro):
                yield from self._macro(node)
        rest = [node for node in tree.body if not isinstance(node, nodes.Macro)]
        kind = MODULES.get(_name(self._template))
        if kind is not None:
            self._classes.add(kind)
        if rest:
            yield from self._function("render", f"module: {kind}", rest)

    def _macro(self, macro: nodes.Macro) -> Iterator[str]:
        kinds = PARAMETERS[macro.name]
        self._classes.update(kinds.values())
        defaults = [""] * (len(macro.args) - len(macro.defaults))
        defaults += [f" = {self._value(each)}" for each in macro.defaults]
        named = [
            f"{each.name}: {kinds[each.name]}{default}"
            for each, default in zip(macro.args, defaults, strict=True)
        ]
        yield from self._function(macro.name, ", ".join(named), macro.body)

    def _function(self, name: str, parameters: str, body: Sequence[nodes.Node]) -> Iterator[str]:
        yield f"def {name}({parameters}) -> str:"
        yield "    out: list[str] = []"
        yield from self._block(body, "    ")
        yield '    return "".join(out)'

    def _block(self, body: Sequence[nodes.Node], indent: str) -> Iterator[str]:
        for written, group in groupby(body, key=lambda node: isinstance(node, nodes.Output)):
            if written:
                parts = [part for output in group for part in self._parts(output)]
                if parts:
                    yield f"{indent}out += ({', '.join(parts)}{',' * (len(parts) == 1)})"
                continue
            for node in group:
                yield from self._statement(node, indent)

    def _parts(self, output: nodes.Node) -> Iterator[str]:
        for node in output.iter_child_nodes():
            if not isinstance(node, nodes.TemplateData):
                yield self._value(node)
            elif len(node.data) > LONG:
                yield "\n".join(map(repr, node.data.splitlines(keepends=True)))
            elif node.data:
                yield repr(node.data)

    def _statement(self, node: nodes.Node, indent: str) -> Iterator[str]:
        if isinstance(node, nodes.Import):
            assert isinstance(node.template, nodes.Const)
            if node.target != _name(node.template.value):
                raise self._unknown(node)
            self._imported.add(node.target)
        elif isinstance(node, nodes.If) and not node.elif_:
            yield f"{indent}if {self._value(node.test)}:"
            yield from self._block(node.body, f"{indent}    ")
            if node.else_:
                yield f"{indent}else:"
                yield from self._block(node.else_, f"{indent}    ")
        elif isinstance(node, nodes.For) and not node.recursive and node.test is None:
            items = self._value(node.iter)
            yield f"{indent}for {self._value(node.target)} in {items}:"
            yield from self._block(node.body, f"{indent}    ")
            if node.else_:
                yield f"{indent}if not {items}:"
                yield from self._block(node.else_, f"{indent}    ")
        else:
            raise self._unknown(node)

    def _value(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Const):
            return repr(node.value)
        if isinstance(node, nodes.Name):
            if node.name not in CONSTANTS:
                return node.name
            self._used.add("support_files")
            return f"support_files.{CONSTANTS[node.name]}"
        if isinstance(node, nodes.Getattr):
            return f"{self._value(node.node)}.{node.attr}"
        if isinstance(node, nodes.Concat):
            return " + ".join(map(self._value, node.nodes))
        if isinstance(node, nodes.Tuple):
            return ", ".join(map(self._value, node.items))
        if isinstance(node, nodes.List):
            return f"[{', '.join(map(self._value, node.items))}]"
        if isinstance(node, nodes.Filter) and node.node is not None and not _is_named(node):
            self._used.add("filters")
            return f"filters.{node.name}({', '.join(map(self._value, (node.node, *node.args)))})"
        if isinstance(node, nodes.Call) and not _is_named(node):
            return f"{self._value(node.node)}({', '.join(map(self._value, node.args))})"
        raise self._unknown(node)

    def _unknown(self, node: nodes.Node) -> UnknownConstructError:
        kind = type(node).__name__
        return UnknownConstructError(f"{self._template}:{node.lineno}: no code is made of {kind}")


def _is_named(node: nodes.Call | nodes.Filter) -> bool:
    """Whether there are arguments by name, or starred ones."""
    return bool(node.kwargs or node.dyn_args or node.dyn_kwargs)


def main() -> int:
    """Write the modules; others there go."""
    texts = compiled()
    for path in COMPILED.glob("*.py"):
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        (COMPILED / name).write_text(text, encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Render a package: templates for the shape of each file, `layout` for its line breaks."""

from __future__ import annotations

from jinja2 import Environment

from sqlwright.codegen.model import Package
from sqlwright.codegen.options import USUAL_LINE_LENGTH
from sqlwright.render.compiled import TEMPLATES
from sqlwright.render.environment import environment
from sqlwright.render.support_files import MARK, OUTPUT_FORMAT, OutputFile, support_files
from sqlwright.render.width import lines_of
from sqlwright.store import NOTHING, Store


def prepare(store: Store = NOTHING) -> None:
    """Load the templates."""
    for name in TEMPLATES:
        environment(store).get_template(name)


def render_package(package: Package, store: Store = NOTHING) -> tuple[OutputFile, ...]:
    """Every file of a package, in order of their paths."""
    with lines_of(package.line_length):
        return _rendered(package, environment(store))


def _rendered(package: Package, templates: Environment) -> tuple[OutputFile, ...]:
    rendered = [
        _render(templates, "init", "__init__.py", package),
        _render(templates, "models", "models.py", package.models),
        _render(templates, "querier", "querier.py", package.querier),
        *(_render(templates, "queries", f"{m.name}.py", m) for m in package.queries),
    ]
    if package.runtime is None:
        unusual = package.line_length != USUAL_LINE_LENGTH
        rendered += support_files(package.support.modules, unusual=unusual)
    if package.exceptions is not None:
        rendered.append(_render(templates, "exceptions", "exceptions.py", package.exceptions))
    if package.warm_up:
        rendered.append(_render(templates, "warm", "_warm.py", package))
    return tuple(sorted(rendered, key=lambda file: file.path))


def _render(templates: Environment, template: str, path: str, module: object) -> OutputFile:
    text = templates.get_template(f"{template}.py.jinja").render(
        module=module, mark=MARK, output_format=OUTPUT_FORMAT
    )
    return OutputFile(path, text)

"""Render a package: templates for the shape of each file, `layout` for its line breaks."""

from __future__ import annotations

from sqlwright.codegen.model import Package
from sqlwright.codegen.options import USUAL_LINE_LENGTH
from sqlwright.render.compiled import exceptions, init, models, querier, queries, warm
from sqlwright.render.support_files import OutputFile, support_files
from sqlwright.render.width import lines_of


def render_package(package: Package) -> tuple[OutputFile, ...]:
    """Every file of a package, in order of their paths."""
    with lines_of(package.line_length):
        return _rendered(package)


def _rendered(package: Package) -> tuple[OutputFile, ...]:
    rendered = [
        OutputFile("__init__.py", init.render(package)),
        OutputFile("models.py", models.render(package.models)),
        OutputFile("querier.py", querier.render(package.querier)),
        *(OutputFile(f"{each.name}.py", queries.render(each)) for each in package.queries),
    ]
    if package.runtime is None:
        unusual = package.line_length != USUAL_LINE_LENGTH
        rendered += support_files(package.support.modules, unusual=unusual)
    if package.exceptions is not None:
        rendered.append(OutputFile("exceptions.py", exceptions.render(package.exceptions)))
    if package.warm_up:
        rendered.append(OutputFile("_warm.py", warm.render(package)))
    return tuple(sorted(rendered, key=lambda file: file.path))

"""Templates are functions that were made ahead of time, and that give what jinja2 gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment
from sqlwright.codegen.model import Package
from sqlwright.codegen.plan import plan_package
from sqlwright.config import load_config
from sqlwright.pipeline import infer_packages
from sqlwright.render import filters, support_files
from sqlwright.render.python import render_package
from sqlwright.render.width import lines_of
from tools import compile_templates
from tools.compile_templates import UnknownConstructError

CASES = sorted((Path(__file__).parents[1] / "cases" / "package").iterdir())


def test_the_functions_are_those_of_the_templates() -> None:
    kept = {path.name: path.read_text() for path in compile_templates.COMPILED.glob("*.py")}
    assert kept == compile_templates.compiled(), "make templates"
    print(*kept)
    assert len(kept) > 5


def test_they_give_what_jinja2_gives() -> None:
    environment = compile_templates.environment()
    environment.filters.update(vars(filters))
    words = {"mark": support_files.MARK, "output_format": support_files.OUTPUT_FORMAT}
    compared = 0
    for case in CASES:
        config = load_config(case)
        [package] = config.packages
        inferred = infer_packages(config)[0]
        planned = plan_package(inferred.catalog, inferred.queries, package.options)
        made = {file.path: file.text for file in render_package(planned)}
        with lines_of(planned.line_length):
            for path, template, module in _modules(planned):
                asked = environment.get_template(template)
                assert made[path] == asked.render(module=module, **words)
                compared += 1
    print(f"{compared} files of {len(CASES)} packages")
    assert compared > 4 * len(CASES)


def _modules(package: Package) -> Iterator[tuple[str, str, object]]:
    """Every file that is made of a template, with the template and what that is given."""
    yield "__init__.py", "init.py.jinja", package
    yield "models.py", "models.py.jinja", package.models
    yield "querier.py", "querier.py.jinja", package.querier
    for module in package.queries:
        yield f"{module.name}.py", "queries.py.jinja", module
    if package.exceptions is not None:
        yield "exceptions.py", "exceptions.py.jinja", package.exceptions
    if package.warm_up:
        yield "_warm.py", "warm.py.jinja", package


@pytest.mark.parametrize(
    ("template", "what"),
    [
        ("\n{{ 1 + 2 }}", "t:2: no code is made of Add"),
        ("{% if a %}{% elif b %}{% endif %}", "t:1: no code is made of If"),
        ("{% for a in b if c %}{% endfor %}", "t:1: no code is made of For"),
        ("{% set a = 1 %}", "t:1: no code is made of Assign"),
        ("{% import 'parts.jinja' as others %}", "t:1: no code is made of Import"),
        ("{{ a | sql(text=1) }}", "t:1: no code is made of Filter"),
        ("{{ a(b=1) }}", "t:1: no code is made of Call"),
    ],
)
def test_what_no_code_is_made_of_is_refused(template: str, what: str) -> None:
    tree = Environment().parse(template, "t")
    with pytest.raises(UnknownConstructError) as refused:
        list(compile_templates.Module("t").functions(tree))
    print(refused.value)
    assert str(refused.value) == what

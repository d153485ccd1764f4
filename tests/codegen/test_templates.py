"""Templates are compiled ahead of time, into what jinja2 would make of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import pytest
from sqlwright.render import compiled
from sqlwright.render.environment import environment, from_source
from sqlwright.store import NOTHING, Store
from tools import compile_templates

WORDS = {"mark": "# mark", "output_format": "# form"}


def test_compiled_templates_are_those_of_the_sources() -> None:
    assert {path.name for path in (compile_templates.RENDER / "templates").iterdir()} == set(
        compiled.TEMPLATES
    )
    if vars(jinja2).get("__version__") != compiled.JINJA2:
        pytest.skip("another jinja2 compiled them")
    kept = {path.name: path.read_text() for path in compile_templates.COMPILED.glob("*.py")}
    assert kept == compile_templates.compiled(), "make templates"
    print(f"{len(kept)} modules of jinja2 {compiled.JINJA2}")


class Module:
    """What the template of `__init__.py` asks for."""

    imports = exports = ()


def test_another_jinja2_compiles_the_sources_and_keeps_their_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = environment(NOTHING).get_template("init.py.jinja").render(module=Module(), **WORDS)
    asked = []
    compile_source = jinja2.Environment.compile

    def counted(*given: Any, **named: Any) -> Any:
        asked.append(given)
        return compile_source(*given, **named)

    monkeypatch.setattr(jinja2.Environment, "compile", counted)
    for _ in range(2):
        template = from_source(Store(tmp_path / "store")).get_template("init.py.jinja")
        assert template.render(module=Module(), **WORDS) == expected
    print(expected, len(asked))
    assert len(asked) == 1

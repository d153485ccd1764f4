"""Compile the templates of generated files: `render/compiled`.

python -m generator.tools.compile_templates

Another jinja2 may come to other code, and compiles the templates itself as it runs.
"""

from __future__ import annotations

import sys
from pathlib import Path

import jinja2
from sqlwright.render.environment import from_source

RENDER = Path(__file__).resolve().parents[1] / "sqlwright" / "render"
COMPILED = RENDER / "compiled"
START = '''"""The templates as jinja2 compiles them; `make templates` writes it."""

from __future__ import annotations

'''


def compiled() -> dict[str, str]:
    """The texts of the modules by the names of their files."""
    environment = from_source()
    templates = sorted(path.name for path in (RENDER / "templates").iterdir())
    texts = {}
    for name in templates:
        assert environment.loader is not None
        source, _, _ = environment.loader.get_source(environment, name)
        code = environment.compile(source, name, name, raw=True, defer_init=True)
        # Behind the first line, since the code knows which of its lines stem from which.
        start, _, rest = code.partition("\n")
        texts[f"{_module(name)}.py"] = f"{start}  # from {name}\n{rest}\n"
    modules = [_module(name) for name in templates]
    known = [f'    "{name}": {_module(name)},\n' for name in templates]
    texts["__init__.py"] = (
        f"{START}from sqlwright.render.compiled import {', '.join(modules)}\n\n"
        f'JINJA2 = "{jinja2.__version__}"\n"""The one that compiled them."""\n\n'
        f"TEMPLATES = {{\n{''.join(known)}}}\n"
    )
    return texts


def _module(template: str) -> str:
    return template.partition(".")[0]


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

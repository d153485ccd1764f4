"""Of init.py.jinja; `make templates` writes it."""

from __future__ import annotations

from sqlwright.codegen.model import Package
from sqlwright.render import filters, support_files


def render(module: Package) -> str:
    out: list[str] = []
    out += (support_files.MARK, "\n", support_files.OUTPUT_FORMAT, "\n")
    if module.has_future:
        out += ("from __future__ import annotations\n",)
    out += (filters.imports(module.imports), "\n", filters.exports(module.exports), "\n")
    return "".join(out)

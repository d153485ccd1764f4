"""Of models.py.jinja; `make templates` writes it."""

from __future__ import annotations

from sqlwright.codegen.model import ModelsModule
from sqlwright.render import filters, support_files
from sqlwright.render.compiled import parts


def render(module: ModelsModule) -> str:
    out: list[str] = []
    out += (
        support_files.MARK,
        "\nfrom __future__ import annotations\n",
        filters.imports(module.imports),
        "\n",
        filters.exports(module.exports),
        "\n",
    )
    for enum in module.enums:
        out += ("\n\n", filters.class_header(enum.name, enum.base), "\n")
        if enum.doc:
            out += (filters.doc(enum.doc, "    "), "\n\n")
        for name, label in enum.members:
            out += (filters.enum_member(name, label), "\n")
        if not enum.members:
            out += ("    pass\n",)
        out += ("\n\n", filters.statement(enum.decoder), "\n")
    if module.new_types:
        out += ("\n\n",)
    for item in module.new_types:
        out += (parts.new_type(item),)
    for model in module.classes:
        out += ("\n\n", parts.row_class(model.made))
        for made in model.functions:
            out += ("\n\n", parts.function(made))
        if model.new_types:
            out += ("\n\n",)
        for item in model.new_types:
            out += (parts.new_type(item),)
    return "".join(out)

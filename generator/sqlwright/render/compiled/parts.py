"""Of parts.jinja; `make templates` writes it."""

from __future__ import annotations

from sqlwright.codegen.model import Function, NewTypeAlias, RowClass, VariantsCode
from sqlwright.render import filters


def row_class(made: RowClass) -> str:
    out: list[str] = []
    for decorator in made.decorators:
        out += (decorator, "\n")
    out += (filters.class_header(made.name, made.bases), "\n")
    if made.doc:
        out += (filters.doc(made.doc, "    "), "\n\n")
    for setting in made.settings:
        out += (filters.statement(setting, "    "), "\n\n")
    for field in made.fields:
        out += (filters.field(field), "\n")
        if field.doc:
            out += (filters.doc(field.doc, "    "), "\n")
    if not made.fields:
        out += ("    pass\n",)
    for maker in made.makers:
        out += ("\n    @classmethod\n", function(maker, "    "))
    return "".join(out)


def function(made: Function, indent: str = "") -> str:
    out: list[str] = []
    out += (filters.signature(made, indent), "\n")
    if made.doc:
        out += (filters.doc(made.doc, indent + "    "), "\n")
    for line in made.body:
        out += (filters.statement(line, indent + "    "), "\n")
    return "".join(out)


def signature_only(made: Function, indent: str) -> str:
    out: list[str] = []
    out += (filters.signature(made, indent, ": ..."), "\n")
    return "".join(out)


def new_type(item: NewTypeAlias) -> str:
    out: list[str] = []
    out += (filters.statement(item.made), "\n")
    if item.doc:
        out += (filters.doc(item.doc, ""), "\n")
    return "".join(out)


def variants(constant: str, made: VariantsCode) -> str:
    out: list[str] = []
    out += (
        constant,
        " = ",
        made.made,
        '(\n    "',
        made.query,
        '",\n    ',
        filters.broken(made.options, "    "),
        ",\n",
    )
    if made.texts:
        out += ("    {\n",)
        for text in made.texts:
            out += (
                "        # ",
                text.note,
                "\n        ",
                filters.broken(text.key, "        ", ": ("),
                "\n            ",
                filters.sql(text.sql),
                ",\n            ",
                filters.broken(text.places, "            "),
                ",\n        ),\n",
            )
        out += ("    },\n",)
    else:
        out += ("    (\n",)
        for piece in made.pieces:
            if piece.sql:
                out += ("        ", piece.head, "\n            ", filters.sql(piece.sql), ",\n")
                for each in piece.more:
                    out += ("            ", filters.broken(each, "            "), ",\n")
                out += ("        ", piece.tail, ",\n")
            else:
                for each in piece.more:
                    out += ("        ", filters.broken(each, "        "), ",\n")
        out += ("    ),\n",)
    if made.orders:
        out += ("    ", filters.broken(made.orders, "    "), ",\n")
    out += (")\n",)
    return "".join(out)

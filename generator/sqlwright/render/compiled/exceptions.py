"""Of exceptions.py.jinja; `make templates` writes it."""

from __future__ import annotations

from sqlwright.codegen.model import ExceptionsModule
from sqlwright.render import filters, support_files


def render(module: ExceptionsModule) -> str:
    out: list[str] = []
    out += (
        support_files.MARK,
        "\n"
        '"""What statements raise that violate a constraint, by the constraint."""\n'
        "\n"
        "from __future__ import annotations\n",
        filters.imports(module.imports),
        "\n",
        filters.exports(module.exports),
        "\n",
    )
    for error in module.classes:
        out += (
            "\n\n",
            filters.class_header(error.name, error.bases),
            "\n",
            filters.doc(error.doc, "    "),
            "\n",
        )
        if error.columns:
            out += ("\n", filters.statement(error.columns), "\n")
    out += (
        "\n\n",
        filters.statement(module.naming),
        "\n"
        "\n"
        "\n"
        "def name_violation(error: IntegrityConstraintViolationError) -> None:\n"
        '    """Make an error one of the class of its constraint, if that has one."""\n'
        "    _NAMING.name(error)\n"
        "\n"
        "\n"
        "def naming() -> Naming:\n"
        '    """A context that names errors raised in it, such as those of constraints which are\n'
        '    deferred: `async with naming(), conn.transaction(): ...`."""\n'
        "    return _NAMING\n",
    )
    return "".join(out)

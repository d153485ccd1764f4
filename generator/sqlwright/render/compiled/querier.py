"""Of querier.py.jinja; `make templates` writes it."""

from __future__ import annotations

from sqlwright.codegen.model import QuerierModule
from sqlwright.render import filters, support_files
from sqlwright.render.compiled import parts


def render(module: QuerierModule) -> str:
    out: list[str] = []
    out += (
        support_files.MARK,
        '\n"""Every query of the package in one place."""\n\nfrom __future__ import annotations\n',
        filters.imports(module.imports),
        "\n",
        filters.exports(module.exports),
        "\n",
    )
    if module.querier:
        out += ("\n\n",)
        for protocol in module.querier.protocols:
            out += (
                filters.class_header(protocol.name, module.querier.base),
                '\n    """The queries of ',
                protocol.queries,
                ', for code that needs no others and for its tests."""\n',
            )
            for method in protocol.signatures:
                out += ("\n", parts.signature_only(method, "    "))
            out += ("\n\n",)
        out += (
            filters.class_header(module.querier.protocol, module.querier.protocol_bases),
            '\n    """What ',
            module.querier.name,
            ' does, for code that takes one and for its tests."""\n\n\nclass ',
            module.querier.name,
            ":\n"
            '    """Every query of the package on one connection or pool."""\n'
            "\n"
            "    def __init__(self, conn: ",
            module.querier.connection,
            ") -> None:\n        self._conn = conn\n",
        )
        for method in module.querier.methods:
            out += ("\n", parts.function(method, "    "))
    return "".join(out)

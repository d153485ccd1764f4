"""Of warm.py.jinja; `make templates` writes it."""

from __future__ import annotations

from sqlwright.codegen.model import Package
from sqlwright.render import filters, support_files


def render(module: Package) -> str:
    out: list[str] = []
    out += (
        support_files.MARK,
        "\nfrom __future__ import annotations\n",
        filters.imports([module.connection]),
        '\n__all__ = ["warm"]\n\n\nWARM = ',
        filters.sql(module.warm_up),
        "\n"
        "\n"
        "\n"
        "async def warm(conn: Connection) -> None:\n"
        '    """Have a new connection learn the types of the package\'s queries in one go.\n'
        "\n"
        "    Each type costs a question to the server the first time a connection meets it. Give\n"
        "    this to a pool as `init`, and no query has to wait for the answers.\n"
        '    """\n'
        "    await conn.fetchrow(WARM)\n",
    )
    return "".join(out)

"""The templates as jinja2 compiles them; `make templates` writes it."""

from __future__ import annotations

from sqlwright.render.compiled import exceptions, init, models, parts, querier, queries, warm

JINJA2 = "3.1.6"
"""The one that compiled them."""

TEMPLATES = {
    "exceptions.py.jinja": exceptions,
    "init.py.jinja": init,
    "models.py.jinja": models,
    "parts.jinja": parts,
    "querier.py.jinja": querier,
    "queries.py.jinja": queries,
    "warm.py.jinja": warm,
}

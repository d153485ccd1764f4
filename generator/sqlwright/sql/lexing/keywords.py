"""PostgreSQL's keywords, as its own `pg_get_keywords()` lists them."""

from __future__ import annotations

from typing import NamedTuple, cast

from sqlwright.patterns import pattern
from sqlwright.resources import resource
from sqlwright.sql.lexing.tokens import KeywordCategory

_PLAIN = pattern(r"[a-z_][a-z0-9_]*\Z")


class Keyword(NamedTuple):
    """A keyword, its category, and whether it may name an output column without AS."""

    word: str
    category: KeywordCategory
    bare_label: bool


def _read() -> dict[str, Keyword]:
    text = resource("sql", "lexing", "keywords.tsv").read_text(encoding="utf-8")
    keywords = {}
    for line in text.splitlines():
        word, category, label = line.split("\t")
        keywords[word] = Keyword(word, cast(KeywordCategory, category), label == "bare")
    return keywords


KEYWORDS = _read()


def quote_identifier(name: str) -> str:
    """An identifier as quote_ident() writes it: bare if plain and no reserved word of any kind."""
    keyword = KEYWORDS.get(name)
    if _PLAIN.match(name) and (keyword is None or keyword.category == "U"):
        return name
    return '"' + name.replace('"', '""') + '"'

"""PostgreSQL's keywords, as its own `pg_get_keywords()` lists them."""

from __future__ import annotations

from typing import NamedTuple, cast

from sqlwright.resources import resource
from sqlwright.sql.lexing.tokens import KeywordCategory


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

"""Types of extensions: see `type_cases`."""

from __future__ import annotations

from .type_cases import Case, Sample


def _text(extension: str, name: str, *values: str, unread: bool = False) -> Case:
    """A type whose values are text; the first of them is tried in every place."""
    sample = Sample(name, values[0], extension=extension)
    return Case((sample,), "str", values, unread=unread)


VECTOR_CASES = (
    _text("vector", "vector", "[1,2,3]", "[-0.5]"),
    _text("vector", "halfvec", "[1,2,3]", "[-0.5]"),
    _text("vector", "sparsevec", "{1:1,3:2}/5", "{}/3"),
)
"""Types of an extension that the embedded server has."""

CONTRIB_CASES = (
    _text("citext", "citext", "a B", "", "it's", unread=True),
    _text("hstore", "hstore", '"a"=>"1"', '"a"=>NULL, "b"=>"x,y"', "", unread=True),
    _text("ltree", "ltree", "a.b", "a", "", unread=True),
    _text("ltree", "lquery", "a.*", "!a|b{1,2}"),
    _text("ltree", "ltxtquery", "a & b", "a & !b"),
    _text("cube", "cube", "(1, 2),(3, 4)", "(0.5)", "()"),
    _text("seg", "seg", "1.0 .. 2.0", "~6.5", "1.5 .."),
    _text("intarray", "query_int", "1 & 2", "1 & ( 2 | !3 )"),
    _text("isn", "isbn", "0-393-04002-X"),
    _text("isn", "isbn13", "978-0-393-04002-9"),
    _text("isn", "issn", "1436-4522"),
    _text("isn", "issn13", "977-1436-452-00-8"),
    _text("isn", "ismn", "M-060-11561-5"),
    _text("isn", "ismn13", "979-0-060-11561-5"),
    _text("isn", "ean13", "001-234567890-5"),
    _text("isn", "upc", "220356483481"),
)
"""Types of extensions that are asked of a server with contrib."""

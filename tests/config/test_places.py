"""Where the keys of a configuration in TOML stand, against what the parser reads."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

import pytest
from sqlwright.config import load_config
from sqlwright.config.document import Document
from sqlwright.config.toml_places import Path, toml_places
from sqlwright.diagnostics import DiagnosticError
from sqlwright.source import SourceFile

ROOT = File(__file__).parents[2]

DOCUMENTS = {
    "headers": "[tool.a]\nx = 1\n"
    '[[tool.p]]\nout = "a"\n[[tool.p]]\nout = "b"\n[tool.p.json]\nf = 2\n',
    "nested lists of tables": "[[a]]\n[[a.b]]\nx = 1\n[[a.b]]\nx = 2\n[[a]]\n[[a.b]]\nx = 3\n",
    "inline": 'o = [{c = "x.y", p = {q = 1}}, {c = "]"}, [1, [2]]] # [x]\n[t]\nz = {}\n',
    "texts": 'a = """\n[no]\nx = "1""""\nb = \'\'\'\\\n[[no]]\'\'\'\n'
    'c = "#\\"]"\n"d.e" = 1\nf . "g" = 2\n',
    "values": "a = 1.5\nb = 1979-05-27T07:32:00.5Z\n"
    "c = 07:32:00\nd = [\n  1, # one\n  2,\n]\ne = -inf\n",
    "none": "# nothing\n",
}


def _paths(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _paths(inner, (*path, at))


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_keys_stand_where_the_parser_reads_them(text: str) -> None:
    check(text)


def test_keys_of_a_long_document() -> None:
    check((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def check(text: str) -> None:
    """Every key that is written out is there in the data, with the value that stands there."""
    known = dict(_paths(tomllib.loads(text)))
    found = toml_places(text)
    print(f"{len(found)} places of {len(known)} values")
    for place in found:
        assert place.path in known, place
        if place.value is not None:
            written = text[slice(*place.value)]
            assert tomllib.loads(f"key = {written}")["key"] == known[place.path]
    # What is written with a dot, or in the header of another table, has no key of its own.
    dotted = {place.path[:count] for place in found for count in range(1, len(place.path))}
    assert known.keys() == {place.path for place in found} | dotted


PACKAGES = """\
[tool.sqlwright]
json = "text"
overrides = [{ type = "a", python = "x" }]

[[tool.sqlwright.packages]]
out = "a"
overrides = [{ type = "b", python = "y" }, { type = "c", python = "z" }]

[[tool.sqlwright.packages]]
out = "b"
"""


@pytest.mark.parametrize(
    ("where", "key", "line"),
    [
        (("packages", 0), "out", 6),
        (("packages", 1), "out", 10),
        (("packages", 1), "json", 2),
        (("packages", 0, "overrides", 1), "overrides.python", 7),
        (("packages", 1, "overrides", 0), "overrides.python", 3),
        (("packages", 1), "json.form", 2),
    ],
)
def test_a_package_is_blamed_for_its_own_options(where: Path, key: str, line: int) -> None:
    document = Document(SourceFile("pyproject.toml", PACKAGES), ("tool", "sqlwright", *where))
    (label,) = document.place(key)
    assert label.span.source.position(label.span.start)[0] == line


def test_a_value_is_found_in_the_item_that_has_it() -> None:
    document = Document(SourceFile("pyproject.toml", PACKAGES), ("tool", "sqlwright"))
    inner = document.within("packages", 0).within("overrides", 1)
    span = inner.value_span("overrides.python", "z")
    assert span is not None
    assert span.text == "z"


def test_the_places_of_two_packages_in_one_folder(tmp_path: File) -> None:
    text = '[[packages]]\nout = "db"\n[[packages]]\nfrozen = true\nout = "link"\n'
    (tmp_path / "sqlwright.toml").write_text(text)
    load_config(tmp_path)
    (tmp_path / "link").symlink_to("db")
    with pytest.raises(DiagnosticError, match="two packages with the folder `link`") as raised:
        load_config(tmp_path)
    spans = [label.span for label in raised.value.diagnostic.labels]
    assert [span.source.position(span.start) for span in spans] == [(5, 1), (2, 1)]

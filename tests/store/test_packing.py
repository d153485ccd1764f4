"""Values as bytes: what is left out is found again, and only values of our own are made."""

from __future__ import annotations

import pickle
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from sqlwright.analysis import tree
from sqlwright.catalog.dependencies import Address
from sqlwright.codegen.model import Field
from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.packing import pack, unpack
from sqlwright.source import SourceFile, Span
from sqlwright.sql import nodes


def test_a_report_points_into_the_files_of_today() -> None:
    written, today = SourceFile("a.sql", "SELECT 1"), SourceFile("a.sql", "SELECT 1")
    other = SourceFile("sqlwright.toml", "out = 1")
    report = Diagnostic(
        "syntax-error", "error", "no", (Label(Span(written, 0, 6)), Label(Span(other, 0, 3), "x"))
    )
    packed = pack(report, {SourceFile: {written: "name"}.get})
    assert packed is not None
    assert b"SELECT" not in packed
    found = unpack(packed, {"name": today}.__getitem__)
    assert isinstance(found, Diagnostic)
    assert found.labels[0].span.source is today
    assert found.labels[1].span.source is not other
    assert (found.labels[1].span.text, found.labels[1].message) == ("out", "x")
    assert unpack(packed, {}.__getitem__) is None, "it is of no use without the file"


@pytest.mark.parametrize("value", [{"a": (1, 2.5, None)}, frozenset("ab"), Decimal("1.50"), [b""]])
def test_plain_values(value: object) -> None:
    packed = pack(value, {})
    assert packed is not None
    assert unpack(packed, {}.__getitem__) == value


class _Command:
    def __init__(self, function: object, argument: object) -> None:
        self.parts = function, argument

    def __reduce__(self) -> tuple[object, tuple[object]]:
        return self.parts[0], (self.parts[1],)


@pytest.mark.parametrize("function", [print, exec, partial, Path.touch, Path("x").write_text])
def test_nothing_else_is_called(
    function: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    packed = pickle.dumps(_Command(function, "import sys; sys.sql_was_here = 1"))
    assert unpack(packed, {}.__getitem__) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("sqlwright.store", "os.system"),
        ("sqlwright.store", "Path"),
        ("sqlwright.store", "digest"),
        ("sqlwright.packing", "_reduced"),
        ("sqlwright", "generate"),
        ("os", "system"),
    ],
)
def test_not_by_way_of_our_own_modules_either(module: str, name: str) -> None:
    packed = f"c{module}\n{name}\n(Vx\ntR.".encode()
    assert unpack(packed, {}.__getitem__) is None


def test_what_nests_too_deeply_is_not_packed() -> None:
    value: list[object] = []
    for _ in range(100_000):
        value = [value]
    assert pack(value, {}) is None


@pytest.mark.parametrize("cut", [0, 1, 5, -1])
def test_what_is_cut_off_is_nothing(cut: int) -> None:
    packed = pack((1, "text"), {})
    assert packed is not None
    assert unpack(packed[:cut], {}.__getitem__) is None


def test_of_our_values_only_what_stands_in_their_fields_is_packed() -> None:
    value = Field("one", "int", ("two",))
    packed = pack((value, value), {})
    assert packed is not None
    print(packed)
    assert b"annotation" not in packed
    first, second = unpack(packed)
    assert first == value
    assert first is second


def test_named_tuples() -> None:
    packed = pack((Address("relation", 7, 2), Address("schema", key=("a",))), {})
    assert packed is not None
    first, second = unpack(packed)
    assert (first, second) == (Address("relation", 7, 2), Address("schema", key=("a",)))
    assert isinstance(first, Address)


def test_fields_that_are_given_by_name_alone() -> None:
    value = nodes.TypeName(start=1, end=2, names=("pg_catalog", "int4"))
    packed = pack(value, {})
    assert packed is not None
    assert repr(unpack(packed)) == repr(value)


def test_a_circle_stays_one() -> None:
    common = tree.CommonTable(name="c", query=None, columns=(), recursive=True)
    entry = tree.RangeTableEntry(kind="cte", name="c", columns=(), depth=0, cte=common)
    common.query = query = tree.Query(command="select", depth=0, entries=(entry,))
    packed = pack(query, {})
    assert packed is not None
    found = unpack(packed)
    assert found.entries[0].cte.query is found
    assert found.entries[0].cte.recursive

"""Every type makes the trip to a server and back as the page on types says."""

from __future__ import annotations

import typing
from pathlib import Path
from types import ModuleType

import pytest
from packages import build, refused
from sqlwright.codegen.types.carriers import YES, outcome, rows_tried
from tools.type_cases import CASES, Case
from type_trips import check_annotations, make_the_trip, queries

TYPES = [(type_, case) for case in CASES for type_ in case.types]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """A package with the queries of all types."""
    return build(tmp_path_factory.mktemp("types"), "", queries(TYPES))


@pytest.mark.parametrize("number", range(len(TYPES)), ids=[type_ for type_, _ in TYPES])
async def test_values_come_back(postgres: str, package: ModuleType, number: int) -> None:
    await make_the_trip(postgres, package, number, TYPES[number][1])


@pytest.mark.parametrize(
    ("type_", "case"),
    [pytest.param(type_, case, id=type_) for type_, case in TYPES if case.unsent],
)
def test_what_cannot_be_sent_is_refused(tmp_path: Path, type_: str, case: Case) -> None:
    """The reports name the type and a text to send instead, which is how the queries above do."""
    sent = type_ if case.unsent == "values" else f"{type_}[]"
    text = "text" if case.unsent == "values" else "text[]"
    found = refused(tmp_path, "", f"-- name: Sent :one\nSELECT @value::{sent} AS value;\n")
    assert [item.code for item in found] == ["not-carried"]
    assert found[0].help == f"send text: `@value::{text}::{sent}`"


@pytest.mark.parametrize("number", range(len(TYPES)), ids=[type_ for type_, _ in TYPES])
def test_annotations(package: ModuleType, number: int) -> None:
    check_annotations(package, number, TYPES[number][1])
    annotations = getattr(package, f"value{number}").__annotations__
    hints = typing.get_type_hints(getattr(package, f"value{number}"))
    assert hints.keys() == annotations.keys()


@pytest.mark.parametrize("type_", [type_ for type_, case in TYPES if case.unread])
def test_arrays_that_cannot_be_read_are_refused(tmp_path: Path, type_: str) -> None:
    query = f"-- name: Read :one\nSELECT '{{}}'::{type_}[] AS items;\n"
    found = refused(tmp_path, "", query)
    assert [item.code for item in found] == ["not-carried"]
    assert found[0].help is not None
    assert found[0].help.endswith("::text[] AS items`")


def test_the_page_on_types(golden: typing.Callable[[Path, str], None]) -> None:
    """docs/types.md has the table of the cases above."""
    rows = [row(case) for case in CASES]
    table = "\n".join(["| PostgreSQL | Python | notes |", "|---|---|---|", *rows, ""])
    page = Path(__file__).parents[2] / "docs" / "types.md"
    before, begin, rest = page.read_text().partition("<!-- table -->\n")
    _, end, after = rest.partition("<!-- end of table -->\n")
    golden(page, f"{before}{begin}{table}{end}{after}")


def test_the_page_says_what_travels_where(golden: typing.Callable[[Path, str], None]) -> None:
    """docs/types.md has what the probe of the driver found, types alike on one line."""
    page = Path(__file__).parents[2] / "docs" / "types.md"
    before, begin, rest = page.read_text().partition("<!-- carriers -->\n")
    _, end, after = rest.partition("<!-- end of carriers -->\n")
    golden(page, f"{before}{begin}{what_travels_where()}{end}{after}")


HEADER = ("types", "alone", "in arrays", "in rows", "in anonymous rows", "in ranges", "by COPY")
KINDS = {
    "(enum)": "enums",
    "(composite)": "composite types",
    "(row)": "rows of tables",
    "(record)": "anonymous rows",
    "(other)": "other types of extensions",
    "int4[]": "arrays",
}


def what_travels_where() -> str:
    """The table of places by types."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for name in rows_tried():
        if "codec" in name or name in ("text[]", "unknown", "cstring"):
            continue
        alike.setdefault(travels(name), []).append(KINDS.get(name, f"`{name}`"))
    lines = [HEADER, ("---",) * len(HEADER)]
    lines += [(", ".join(names), *cells) for cells, names in alike.items()]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def travels(name: str) -> tuple[str, ...]:
    """The cells of a type: both ways, one of them, or nothing."""
    pairs = [
        (works(name, "read"), works(name, "send")),
        (
            works(name, "read array") and works(name, "read empty texts", absent=True),
            works(name, "send array"),
        ),
        (works(name, "read field"), works(name, "send field")),
        (works(name, "read in record, known"), False),
        (works(name, "read range"), works(name, "send range")),
        (works(name, "copy"), works(name, "copy")),
    ]
    cells = [SHOWN[pair] for pair in pairs]
    if cells[-1] == "no" and works(name, "send"):
        cells[-1] = "as text"
    return tuple(cells)


SHOWN = {(True, True): "yes", (True, False): "read", (False, True): "sent", (False, False): "no"}


def works(name: str, place: str, *, absent: bool = False) -> bool:
    found = outcome(name, place)
    return found == YES or (absent and not found)


def row(case: Case) -> str:
    """A line of the table."""
    types = ", ".join(f"`{type_}`" for type_ in case.types)
    python = f"`{case.python}`".replace("|", "\\|")
    if case.parameter:
        python += f"; parameters `{case.parameter}`".replace("|", "\\|")
    unsent = {"": "", "arrays": "arrays are sent as texts", "values": "sent as text"}[case.unsent]
    unread = "arrays are read as texts" if case.unread else ""
    notes = "; ".join(filter(None, (case.notes, unsent, unread)))
    return f"| {types} | {python} | {notes} |"

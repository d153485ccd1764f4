"""Types of extensions make the trip to a server and back as the page on types says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import asyncpg
import pytest
from packages import build
from sqlwright.codegen.types.base_types import EXTENSIONS
from tools.extension_cases import CONTRIB_CASES, VECTOR_CASES
from type_trips import check_annotations, make_the_trip, queries

SERVERS = {
    "database": [(each, case) for case in VECTOR_CASES for each in case.types],
    "contrib_database": [(each, case) for case in CONTRIB_CASES for each in case.types],
}
TYPES = [
    pytest.param(server, number, id=type_)
    for server, types in SERVERS.items()
    for number, (type_, _) in enumerate(types)
]


def schema(server: str) -> str:
    cases = (case for _, case in SERVERS[server])
    found = dict.fromkeys(sample.extension for case in cases for sample in case.samples)
    return "".join(f"CREATE EXTENSION {each};\n" for each in found)


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ModuleType]:
    """For each server a package with the queries of its types."""
    return {
        server: build(tmp_path_factory.mktemp(server), schema(server), queries(types))
        for server, types in SERVERS.items()
    }


@pytest.fixture(scope="module")
def uris(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """The URI of a server's database, which has the extensions."""
    found: dict[str, str] = {}

    async def prepare(uri: str, schema: str) -> None:
        connection = await asyncpg.connect(uri)
        await connection.execute(schema)
        await connection.close()

    def uri_of(server: str) -> str:
        if server not in found:
            found[server] = request.getfixturevalue(server)
            asyncio.run(prepare(found[server], schema(server)))
        return found[server]

    return uri_of


@pytest.mark.server
@pytest.mark.parametrize(("server", "number"), TYPES)
def test_values_come_back(
    uris: Callable[[str], str], packages: dict[str, ModuleType], server: str, number: int
) -> None:
    case = SERVERS[server][number][1]
    asyncio.run(make_the_trip(uris(server), packages[server], number, case))


@pytest.mark.parametrize(("server", "number"), TYPES)
def test_annotations(packages: dict[str, ModuleType], server: str, number: int) -> None:
    check_annotations(packages[server], number, SERVERS[server][number][1])


def test_the_page_on_types(golden: Callable[[Path, str], None]) -> None:
    """docs/types.md has the types of every extension, those alike on one line."""
    alike: dict[tuple[str, str, str], list[str]] = {}
    for case in VECTOR_CASES + CONTRIB_CASES:
        said = filter(None, (case.notes, "arrays are read as texts" if case.unread else ""))
        key = (case.samples[0].extension, case.python, "; ".join(said))
        alike.setdefault(key, []).extend(f"`{each}`" for each in case.types)
    lines = ["| extension | types | Python | notes |", "|---|---|---|---|"]
    for (extension, python, notes), types in sorted(alike.items()):
        shown = python.replace("|", "\\|")
        lines.append(f"| `{extension}` | {', '.join(types)} | `{shown}` | {notes} |")
    page = Path(__file__).parents[2] / "docs" / "types.md"
    before, begin, rest = page.read_text().partition("<!-- extensions -->\n")
    _, end, after = rest.partition("<!-- end of extensions -->\n")
    golden(page, f"{before}{begin}{chr(10).join(lines)}\n{end}{after}")


def test_every_type_that_has_a_row_has_a_case() -> None:
    cased = {sample.name for case in VECTOR_CASES + CONTRIB_CASES for sample in case.samples}
    assert cased == {name for row in EXTENSIONS for name in row.names}
